import type { CardDescription } from "../../cards/card.ts";
import type { Fields } from "../../cards/field.ts";

/** All that an admin reads on a card, in its order. For tests. */
export interface Labels {
  /** Labels of the choices by the label of their option. */
  options: Record<string, string[]>;
  /** `Heading / Label`, with the children of an object in braces: `System / Provider { Name, Type }`. */
  inputs: string[];
  outputs: string[];
}

/** The labels of a card's options, inputs and outputs. */
export function labelsOf({ options, inputs, outputs }: CardDescription): Labels {
  return {
    options: Object.fromEntries(
      Object.values(options).map(({ label, choices }) => [
        label,
        (choices ?? []).map((choice) => choice.label),
      ]),
    ),
    inputs: labelsIn(inputs),
    outputs: labelsIn(outputs),
  };
}

function labelsIn(fields: Fields): string[] {
  return Object.values(fields).map(({ group, label, fields: children }) => {
    const own = group ? `${group} / ${label}` : label;
    const inner = labelsIn(children ?? {});
    return inner.length > 0 ? `${own} { ${inner.join(", ")} }` : own;
  });
}
