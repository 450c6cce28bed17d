import { convertFields } from "#lib/cards/convert.ts";
import type { Fields } from "#lib/cards/field.ts";
import { resolveInputs } from "#lib/cards/resolve-inputs.ts";
import type { FlowIssue } from "#lib/flow/issue.ts";
import { isJsonObject, type JsonObject } from "#lib/flow/json.ts";
import type { Value } from "#lib/flow/value.ts";

export type Values = { [key: string]: Value };

/** What was typed of a card's outputs: as the API takes it, and what is wrong with it. */
export function givenOutputs(values: Values, fields: Fields): { outputs: JsonObject; issues: FlowIssue[] } {
  const outputs = resolveInputs(values, () => undefined);
  const converted = convertFields(withRequired(outputs, fields), fields);
  const problems = converted.ok ? [] : converted.problems;
  const issues = problems.map(({ path, code, message }) => ({
    severity: "error" as const,
    code,
    message,
    field: path,
  }));
  return { outputs, issues };
}

/** With the objects that have something required in them, so that what is missing is said at that field, not at its group. */
function withRequired(values: JsonObject, fields: Fields): JsonObject {
  const inner = Object.entries(fields).flatMap(([key, field]) => {
    const value = Object.hasOwn(values, key) ? values[key] : undefined;
    if (!field.fields || field.list || (value === undefined && !field.required)) return [];
    if (value !== undefined && !isJsonObject(value)) return [];
    return [[key, withRequired(value ?? {}, field.fields)] as const];
  });
  return { ...values, ...Object.fromEntries(inner) };
}
