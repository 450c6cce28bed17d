import type { BulkResult } from "#lib/api/bulk.ts";
import type { Fields } from "#lib/cards/field.ts";

/**
 * What became of a row in one line: what went wrong, what a plan would change, or the first single values the card put
 * out under the names people know them by.
 */
export function resultWords({ problem, planned, outputs }: BulkResult, fields: Fields): string {
  if (problem !== null) return problem;
  if (planned) return plannedWords(planned);
  return Object.entries(outputs ?? {})
    .filter(([, value]) => value !== null && value !== "" && typeof value !== "object")
    .slice(0, 4)
    .map(([key, value]) => `${fields[key]?.label ?? key}: ${value}`)
    .join(", ");
}

function plannedWords(planned: NonNullable<BulkResult["planned"]>): string {
  if (planned.length === 0) return "Would change nothing";
  const writes = planned.map(({ title, changes }) =>
    changes.length === 0 ? title : `${title} (${changes.join(", ")})`,
  );
  return `Would do: ${writes.join("; ")}`;
}
