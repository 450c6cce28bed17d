import type { CardNode } from "../flow/document.ts";
import type { Fields } from "./field.ts";

type Inputs = NonNullable<CardNode["inputs"]>;

/**
 * A node's inputs without those its options hide at present. A password typed before the option was set to "without
 * password" stays in the document, so that setting it back loses nothing, but it must neither be sent nor be an error.
 *
 * @param declared the card's own fields, all of them
 * @param effective the fields the node has now (`effectiveFields`)
 */
export function visibleInputs(inputs: CardNode["inputs"], declared: Fields, effective: Fields): Inputs {
  return Object.fromEntries(
    Object.entries(inputs ?? {}).flatMap(([key, value]) => {
      const field = Object.hasOwn(declared, key) ? declared[key] : undefined;
      const shown = Object.hasOwn(effective, key) ? effective[key] : undefined;
      if (field && !shown) return [];
      if (!("object" in value) || !field?.fields || !shown?.fields) return [[key, value]];
      return [[key, { object: visibleInputs(value.object, field.fields, shown.fields) }]];
    }),
  );
}
