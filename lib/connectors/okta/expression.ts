import { CardError } from "../../cards/errors.ts";
import type { Json } from "../../flow/json.ts";
import { quoted } from "./loaders/search-text.ts";

/** What must be so about each thing found: attribute by value, in the order it is written. Undefined: not asked for. */
export type Criteria = Record<string, Json | undefined>;

/**
 * An expression of Okta's search and filter language: every criterion must hold, and the admin's own expression too.
 * A list asks for each of its values. Undefined where nothing is asked for.
 */
export function optionalExpression(criteria: Criteria, own: string | undefined): string | undefined {
  const made = Object.entries(criteria).flatMap(([attribute, value]) => comparisons(attribute, value));
  if (own?.trim()) made.push(made.length > 0 ? `(${own})` : own);
  return made.length > 0 ? made.join(" and ") : undefined;
}

/**
 * The same for a search that must ask for something.
 * @throws CardError (input) where nothing is asked for: a mapping that came to nothing must not turn "find these" into
 * "find everybody", whom the next card may deactivate.
 */
export function expressionOf(criteria: Criteria, own: string | undefined): string {
  const expression = optionalExpression(criteria, own);
  if (expression !== undefined) return expression;
  throw new CardError("There is nothing to look for: every criterion is empty.", {
    kind: "input",
    code: "no-criteria",
    hint: 'Fill in at least one. To list everything, say so: lastUpdated gt "2000-01-01T00:00:00.000Z".',
  });
}

function comparisons(attribute: string, value: Json | undefined): string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => comparisons(attribute, item));
  if (typeof value === "number" || typeof value === "boolean") return [`${attribute} eq ${value}`];
  return [`${attribute} eq ${quoted(typeof value === "string" ? value : JSON.stringify(value))}`];
}
