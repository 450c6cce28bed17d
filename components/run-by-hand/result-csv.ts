import type { BulkResult } from "#lib/api/bulk.ts";
import { writeCsv } from "#lib/api/write-csv.ts";
import { asText } from "#lib/cards/resolve-inputs.ts";
import { isJsonObject, type JsonObject } from "#lib/flow/json.ts";
import { rowStatusLabel } from "./run-status.tsx";

/** The results of a run as a spreadsheet: each input and each output that is a single value has a column. */
export function resultCsv(results: readonly BulkResult[]): string {
  const flat = results.map((result) => ({
    result,
    inputs: flattened(result.inputs),
    outputs: flattened(result.outputs ?? {}),
  }));
  const inputs = [...new Set(flat.flatMap((row) => [...row.inputs.keys()]))];
  const outputs = [...new Set(flat.flatMap((row) => [...row.outputs.keys()]))];
  return writeCsv([
    ["Row", "Label", "Status", "Problem", ...inputs, ...outputs.map((key) => `Result: ${key}`), "Execution"],
    ...flat.map(({ result, ...row }) => [
      String(result.position),
      result.label,
      rowStatusLabel(result.status),
      result.problem ?? "",
      ...inputs.map((key) => row.inputs.get(key) ?? ""),
      ...outputs.map((key) => row.outputs.get(key) ?? ""),
      result.executionId ?? "",
    ]),
  ]);
}

function flattened(values: JsonObject, within = ""): Map<string, string> {
  return new Map(
    Object.entries(values).flatMap(([key, value]): [string, string][] => {
      const name = within ? `${within}.${key}` : key;
      return isJsonObject(value) ? [...flattened(value, name)] : [[name, asText(value)]];
    }),
  );
}
