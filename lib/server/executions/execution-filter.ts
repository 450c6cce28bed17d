import type { ExecutionFilter } from "#lib/api/executions.ts";
import { SEVERITIES } from "#lib/cards/severity.ts";
import { EXECUTION_STATUSES } from "#lib/engine/execution.ts";
import { storableText } from "../db/storable-json.ts";
import { ApiProblem } from "../http/problem.ts";

/** @throws ApiProblem bad-request for a status there is not */
export function statusesOf({ status }: ExecutionFilter): string[] {
  return wordsOf(status, EXECUTION_STATUSES, "execution status", "Statuses");
}

/** @throws ApiProblem bad-request for a severity there is not */
export function severitiesOf({ severity }: ExecutionFilter): string[] {
  return wordsOf(severity, SEVERITIES, "severity", "Severities");
}

/**
 * What a filter asks of executions, but for status and severity, as conditions in SQL on `e`.
 *
 * @param parameter takes a value and returns its place in the statement: "$1"
 */
export function conditionsOf(filter: ExecutionFilter, parameter: (value: unknown) => string): string[] {
  const { flowId, mode, ran, since, until, text } = filter;
  const conditions: string[] = [];
  if (flowId) conditions.push(`e.flow_id = ${parameter(flowId)}::uuid`);
  if (ran) conditions.push(ran === "true" ? "e.ran" : "not e.ran");
  if (mode) conditions.push(`e.mode = ${parameter(mode)}`);
  if (since) conditions.push(`e.created_at >= ${parameter(since)}::timestamptz`);
  if (until) conditions.push(`e.created_at < ${parameter(until)}::timestamptz`);
  if (text?.trim()) conditions.push(textCondition(text.trim(), parameter));
  return conditions;
}

/** Whether the filter asks for words, which a list looks for among the newest first; an id is found by itself. */
export function asksForWords({ text }: ExecutionFilter): boolean {
  return Boolean(text?.trim()) && !UUID.test(text?.trim() ?? "");
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** As the index `executions_search` has it. No search holds a line break, so none matches across the two. */
export const TEXTS = "(e.subject || E'\\n' || coalesce(e.reason, ''))";

/**
 * Failed executions carry their error's message as reason, and those that did not run the condition. Somebody who pastes an
 * id wants that execution. The index holds ended executions only, so the others are asked for by their status.
 */
function textCondition(text: string, parameter: (value: unknown) => string): string {
  if (UUID.test(text)) return `e.id = ${parameter(text)}::uuid`;
  const pattern = parameter(patternOf(text));
  return `(e.status in ('succeeded', 'failed', 'cancelled') and ${TEXTS} ilike ${pattern}
    or e.status in ('queued', 'running', 'waiting', 'attention') and ${TEXTS} ilike ${pattern})`;
}

/** The pattern of `ilike` for a text anywhere in another one. */
export function patternOf(text: string): string {
  const line = storableText(text.trim()).replace(/\s+/g, " ");
  return `%${line.replace(/[\\%_]/g, "\\$&")}%`;
}

/** @throws ApiProblem bad-request for a word that is none of the known ones */
function wordsOf(given: string | undefined, known: readonly string[], what: string, label: string): string[] {
  const words = [...new Set((given ?? "").split(",").map((part) => part.trim()))].filter(
    (part) => part !== "",
  );
  const unknown = words.filter((word) => !known.includes(word));
  if (unknown.length === 0) return words;
  throw new ApiProblem("bad-request", `There is no ${what} "${unknown.join(", ")}".`, {
    hint: `${label} are ${known.join(", ")}.`,
  });
}

/** What was filtered by, for the audit log: the words searched for may be a person's name. */
export function namesOf(filter: ExecutionFilter): string[] {
  return Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [name]));
}
