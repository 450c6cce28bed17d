import type { BulkRequest } from "#lib/api/bulk.ts";
import { convertFields } from "#lib/cards/convert.ts";
import { fieldAt } from "#lib/cards/effective-fields.ts";
import type { Field, Fields } from "#lib/cards/field.ts";
import { resolveInputs } from "#lib/cards/resolve-inputs.ts";
import { isJsonObject, type Json, type JsonObject } from "#lib/flow/json.ts";
import { ApiProblem } from "../http/problem.ts";

/** A row with the inputs its card would get. */
export interface ResolvedRow {
  /** From 1. */
  position: number;
  line: number | null;
  label: string;
  /** Converted to the fields' types where that was possible. Secrets as they are. */
  inputs: JsonObject;
  /** Why it can't be started; empty where it can. */
  problems: string[];
}

/** Between the items of a list in one cell. */
const LIST_SEPARATOR = ";";

/**
 * The inputs of each row: what all share, and over it the row's cells. An input that has a column is filled from it alone,
 * so an empty cell leaves it empty. Cells of inputs that take a list hold its items with ";" between them.
 *
 * @param shared visible inputs all rows share
 * @param fields the card's effective inputs, with those of its connection
 * @param refuseRepeated whether a row that is the same as an earlier one is a mistake: for cards that change something
 * @throws ApiProblem bad-request when a column leads to an input the card does not have
 */
export function resolveRows(
  { columns, rows }: Pick<BulkRequest, "columns" | "rows">,
  shared: BulkRequest["inputs"],
  fields: Fields,
  refuseRepeated: boolean,
): ResolvedRow[] {
  const used = columns.map((path) => path && { path, field: fieldOf(fields, path) });
  const common = resolveInputs(shared, () => undefined);
  const seen = new Map<string, number>();
  return rows.map((row, index) => {
    const position = index + 1;
    let given = common;
    used.forEach((column, at) => {
      if (column) given = withCell(given, column.path, cellValue(row.cells[at] ?? "", column.field));
    });
    const converted = convertFields(given, fields);
    const problems = converted.ok ? [] : converted.problems.map(({ message }) => message);
    const inputs = converted.ok && isJsonObject(converted.value) ? converted.value : given;
    const key = JSON.stringify(inputs);
    const earlier = seen.get(key);
    if (earlier === undefined) seen.set(key, position);
    else if (refuseRepeated && problems.length === 0) problems.push(`The same as row ${earlier}.`);
    const line = row.line ?? null;
    return {
      position,
      line,
      label: row.label?.trim() || labelOf(row.cells, used, position),
      inputs,
      problems,
    };
  });
}

function fieldOf(fields: Fields, path: readonly string[]): Field {
  const field = fieldAt(fields, path);
  if (field) return field;
  throw new ApiProblem("bad-request", `The card has no input "${path.join(".")}" with these options.`, {
    hint: "Choose another input for this column.",
  });
}

function cellValue(cell: string, field: Field): Json | undefined {
  const text = cell.trim();
  if (text === "") return undefined;
  if (!field.list) return field.secret ? cell : text;
  const items = text.split(LIST_SEPARATOR).map((item) => item.trim());
  return items.filter((item) => item !== "");
}

/** Copies what it changes: all rows begin with the same object. */
function withCell(values: JsonObject, path: readonly string[], value: Json | undefined): JsonObject {
  const [key, ...rest] = path;
  if (key === undefined) return values;
  const { [key]: before, ...others } = values;
  if (rest.length > 0) {
    return { ...others, [key]: withCell(isJsonObject(before) ? before : {}, rest, value) };
  }
  return value === undefined ? others : { ...others, [key]: value };
}

/** The first cell with something in it: names and logins tend to stand first. Never one that goes to a secret input. */
function labelOf(
  cells: readonly string[],
  used: readonly ({ field: Field } | null)[],
  position: number,
): string {
  const first = cells.find((cell, at) => cell.trim() !== "" && !used[at]?.field.secret);
  return first ? first.trim().slice(0, 300) : `Row ${position}`;
}
