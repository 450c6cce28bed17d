import type { BulkRequest, BulkSample } from "#lib/api/bulk.ts";
import type { CardDescription } from "#lib/cards/card.ts";

/**
 * A request that runs once, its row called by what it is about, as the rows of a list are: "Once" told nobody in the list
 * of executions whose password was reset. Other requests as they are.
 *
 * @param sample what the preview found about the row: the person, and its inputs with secrets masked
 */
export function named(
  request: BulkRequest,
  { inputs }: Pick<CardDescription, "inputs">,
  sample: BulkSample | undefined,
): BulkRequest {
  const [row, ...more] = request.rows;
  if (!row || more.length > 0 || request.columns.length > 0 || !sample) return request;
  const { person } = sample;
  const label = person
    ? person.name === person.login
      ? person.login
      : `${person.name} (${person.login})`
    : Object.entries(inputs)
        .filter(([, field]) => field.type === "text" && field.required && !field.secret)
        .map(([key]) => sample.inputs[key])
        .filter((value) => typeof value === "string" && value !== "")
        .join(", ");
  return label === "" ? request : { ...request, rows: [{ ...row, label: label.slice(0, 300) }] };
}
