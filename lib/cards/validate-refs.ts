import type { FoundRef } from "../flow/references.ts";
import type { Ref } from "../flow/value.ts";
import type { Field } from "./field.ts";
import { outputAt } from "./output-at.ts";
import type { CheckedCard, Checks } from "./validate-context.ts";

/**
 * One reference: its card is there, comes before this one, and has such an output. Says at most one thing about it.
 * @returns true when the reference is sound, so that its type is worth a look.
 */
export function checkRef(checks: Checks, card: CheckedCard, field: Field, { at, ref }: FoundRef): boolean {
  const place = { card: card.id, field: at };
  const here = `${field.label} of “${card.title}”`;
  const source = checks.cards.get(ref[0]);
  if (!source) {
    checks.error(
      "dangling-reference",
      `${here} takes a value from a card that is no longer there: map another.`,
      place,
    );
    return false;
  }
  // Such cards have an issue of their own.
  if (!source.description || checks.order.cyclic.has(card.id)) return false;
  if (!checks.order.comesBefore(source.id, card.id)) {
    checks.error(
      "not-before",
      source.id === card.id
        ? `${here} takes a value from the card itself: map another.`
        : `${here} takes a value from “${source.title}”, which doesn't come before it: draw a line from there, or map another.`,
      place,
    );
    return false;
  }
  if (outputAt(source.outputs, ref.slice(1)).kind === "none") {
    checks.error(
      "unknown-output",
      `${here} takes “${ref.slice(1).join(" › ")}” from “${source.title}”, which gives no such value: map another.`,
      place,
    );
    return false;
  }
  if (field.required && !checks.order.alwaysBefore(source.id, card.id)) {
    checks.warn(
      "may-be-empty",
      `${here} may be empty: “${source.title}” stands on a branch that is skipped on some ways to here.`,
      place,
    );
  }
  return true;
}

/** The output a sound reference points to; undefined where nobody declared its type. */
export function referencedField(checks: Checks, ref: Ref): Field | undefined {
  const source = checks.cards.get(ref[0]);
  const found = source && outputAt(source.outputs, ref.slice(1));
  return found?.kind === "field" ? found.field : undefined;
}
