import { MAX_TOGETHER } from "#lib/api/executions.ts";
import type { ReplaySource } from "#lib/api/replay.ts";
import type { FlowDocument } from "#lib/flow/document.ts";
import { storableText } from "../db/storable-json.ts";
import { conditionsOf, severitiesOf, statusesOf } from "../executions/execution-filter.ts";
import { listensTo } from "../flows/listeners.ts";
import { ApiProblem } from "../http/problem.ts";

/** A statement in the making: its text and what its parameters stand for. */
export interface FoundEvents {
  /** `select v.id, v.uuid, v.event_type, v.published, v.payload …`, the oldest first, at most `MAX_TOGETHER`. */
  text: string;
  values: unknown[];
}

/**
 * Finds events a document would have started on, by its event card's connection and event types.
 *
 * @param flowId whose executions are meant where the source is executions
 * @throws ApiProblem conflict when the document listens to nothing; bad-request for an unknown status or severity
 */
export function findEvents(flowId: string, document: FlowDocument, source: ReplaySource): FoundEvents {
  const [listening] = listensTo(document);
  if (!listening) {
    throw new ApiProblem(
      "conflict",
      "The flow has no event card with a connection, so no event is one of its.",
      {
        hint: "Put an event card on the canvas, or choose a version that has one.",
      },
    );
  }
  const values: unknown[] = [];
  const parameter = (value: unknown) => `$${values.push(value)}`;
  const conditions = [
    `v.connection_id = (select id from connections where alias = ${parameter(listening.alias)})`,
    "v.payload->'erased' is null",
    `v.event_type = any(${parameter(listening.eventTypes)}::text[])`,
    ...("events" in source
      ? eventConditions(source.events, parameter)
      : [executionCondition(flowId, source.executions, parameter)]),
  ];
  const text = `select v.id, v.uuid, v.event_type, v.published, v.payload from events v
    where ${conditions.join(" and ")} order by v.published, v.id limit ${MAX_TOGETHER}`;
  return { text, values };
}

type Parameter = (value: unknown) => string;

function eventConditions(
  { since, until, text }: Extract<ReplaySource, { events: unknown }>["events"],
  parameter: Parameter,
): string[] {
  const conditions: string[] = [];
  if (since) conditions.push(`v.published >= ${parameter(since)}::timestamptz`);
  if (until) conditions.push(`v.published < ${parameter(until)}::timestamptz`);
  const wanted = storableText(text?.trim() ?? "");
  if (wanted !== "") {
    const pattern = parameter(`%${wanted.replace(/[\\%_]/g, "\\$&")}%`);
    const named = `(select string_agg(concat_ws(' ', one->>'displayName', one->>'alternateId'), ' ')
      from (select jsonb_path_query(v.payload, '$.target[*]') as one union all select v.payload->'actor') parties)`;
    conditions.push(`(v.uuid = ${parameter(wanted)} or ${named} ilike ${pattern})`);
  }
  return conditions;
}

function executionCondition(
  flowId: string,
  filter: Extract<ReplaySource, { executions: unknown }>["executions"],
  parameter: Parameter,
): string {
  const [statuses, severities] = [statusesOf(filter), severitiesOf(filter)];
  const conditions = [
    "e.event_id is not null",
    ...conditionsOf({ ...filter, flowId }, parameter),
    ...(statuses.length > 0 ? [`e.status = any(${parameter(statuses)}::text[])`] : []),
    ...(severities.length > 0 ? [`e.severity = any(${parameter(severities)}::text[])`] : []),
  ];
  return `v.id in (select e.event_id from executions e where ${conditions.join(" and ")})`;
}
