import type { ExecutionView } from "#lib/api/executions.ts";
import type { StepError } from "#lib/engine/execution.ts";
import type { FlowDocument } from "#lib/flow/document.ts";
import type { JsonObject } from "#lib/flow/json.ts";
import { readDocument } from "#lib/flow/migrate-document.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { maskSealed } from "../bulk/secret-inputs.ts";
import { connectionsOf, hiddenAttributes } from "../connections/hidden-attributes.ts";
import { database } from "../db/client.ts";
import { LOSSLESS_TYPES } from "../db/lossless-types.ts";
import { MAX_CALLS_DEEP } from "../executor/call-flow.ts";
import { startsOnFailure } from "../flows/callable.ts";
import { ApiProblem } from "../http/problem.ts";
import { withMaskedOutputs } from "./mask-outputs.ts";
import { shownSteps } from "./shown-steps.ts";
import { SUMMARY_COLUMNS, SUMMARY_JOINS, type SummaryRow, summaryFromRow } from "./summary-row.ts";

/** Times as PostgreSQL writes them into JSON. */
type Arrival = NonNullable<ExecutionView["arrival"]>;

interface Row extends Omit<SummaryRow, "error"> {
  document: unknown;
  trigger: JsonObject;
  result: JsonObject | null;
  error: (StepError & { path: string }) | null;
  retry_of_id: string | null;
  arrival: Arrival | null;
  retries: string[];
  called_by: ExecutionView["calledBy"];
  call_depth: number;
  calls: (ExecutionView["calls"][number] & { at: string })[];
  cancel_requested: boolean;
  blanked: "not-kept" | "erased" | null;
  newer_version: number | null;
}

/**
 * One execution with its flow as it was, its event and its steps.
 *
 * @throws ApiProblem not-found
 */
export async function getExecution(actor: Actor, id: string): Promise<ExecutionView> {
  authorize(actor, "executions.read");
  const { pool } = database();
  const [row] = (await pool.query<Row>({ text: EXECUTION, values: [id], types: LOSSLESS_TYPES })).rows;
  if (!row) throw executionNotFound();
  // Steps last: an execution that ends in between is then shown as running, never as ended without its last steps.
  const steps = await shownSteps(pool, id);
  const flow = readDocument(row.document);
  const hidden = await hiddenAttributes(pool, connectionsOf(flow));
  return {
    ...summaryFromRow(row),
    error: row.error,
    document: maskSealed(flow),
    trigger: row.trigger,
    result: row.result,
    arrival: row.arrival && inOurWriting(row.arrival),
    retryOf: row.retry_of_id,
    retries: row.retries,
    calledBy: row.called_by,
    calls: row.calls.map(({ id: called, flowName }) => ({ id: called, flowName })),
    notCalled: await notCalled(row, flow),
    cancelRequested: row.cancel_requested,
    newerVersion: row.newer_version,
    ...(row.blanked === null ? {} : { blanked: row.blanked }),
    steps: withMaskedOutputs(steps, flow, hidden),
  };
}

/**
 * The flow the failed card was to call, where this failure called none, and why. How deep the chain of calls was stands
 * in the execution; what the flow was like then does not, so the rest is told from what it is like now.
 */
async function notCalled(row: Row, { cards }: FlowDocument): Promise<ExecutionView["notCalled"]> {
  const { status, error, mode, finished_at: finishedAt } = row;
  const wanted = status === "failed" && error ? cards[error.path]?.onError : undefined;
  if (wanted?.after !== "call" || wanted.flow === undefined || !["live", "replay"].includes(mode))
    return null;
  const last = row.calls.at(-1);
  // A retry that failed again called anew: what counts is the call of this ending, which has its instant.
  if (last && finishedAt && Date.parse(last.at) >= finishedAt.getTime()) return null;
  const flow = await database().prisma.flow.findUnique({
    where: { id: wanted.flow },
    select: { name: true, on: true, deletedAt: true, liveVersion: { select: { document: true } } },
  });
  return { flowName: flow?.name ?? null, why: whyNotCalled(row.call_depth, flow) };
}

function whyNotCalled(
  depth: number,
  flow: { on: boolean; deletedAt: Date | null; liveVersion: { document: unknown } | null } | null,
): NonNullable<ExecutionView["notCalled"]>["why"] {
  if (depth >= MAX_CALLS_DEEP) return "circle";
  if (!flow || flow.deletedAt) return "deleted";
  if (!flow.on || !flow.liveVersion) return "off";
  return startsOnFailure(readDocument(flow.liveVersion.document)) ? "since" : "start";
}

function inOurWriting({ published, receivedAt, recovered, lateAfter }: Arrival): Arrival {
  const iso = (time: string) => new Date(time).toISOString();
  return {
    published: iso(published),
    receivedAt: iso(receivedAt),
    recovered,
    lateAfter: lateAfter && { eventType: lateAfter.eventType, published: iso(lateAfter.published) },
  };
}

/** The answer where an execution is not there. */
export function executionNotFound(): ApiProblem {
  return new ApiProblem("not-found", "There is no such execution.");
}

/** Where values are not kept: which event it was, so that it is found in Okta, but nobody it names. */
const EVENT_WITHOUT_VALUES = `(
  select jsonb_strip_nulls(jsonb_build_object('uuid', t.event->'uuid', 'eventType', t.event->'eventType',
    'published', t.event->'published', 'erased', t.event->'erased'))
  from (select coalesce(e.trigger, ev.payload, '{}'::jsonb) as event) t)`;

const EXECUTION = `
select ${SUMMARY_COLUMNS},
  coalesce(e.document, v.document) as document,
  case when e.blanked is null then coalesce(e.trigger, ev.payload, '{}'::jsonb) else ${EVENT_WITHOUT_VALUES} end as trigger,
  e.result, e.retry_of_id, e.call_depth, e.cancel_requested, e.blanked,
  case when ev.id is not null then jsonb_build_object(
    'published', ev.published, 'receivedAt', ev.received_at, 'recovered', ev.recovered,
    'lateAfter', case when ev.late then (
      select jsonb_build_object('eventType', n.event_type, 'published', n.published) from events n
      where n.connection_id = ev.connection_id and n.about = ev.about and n.published > ev.published
        and n.received_at <= ev.received_at
      order by n.published limit 1) end) end as arrival,
  array(select r.id from executions r where r.retry_of_id = e.id order by r.created_at) as retries,
  (select jsonb_build_object('id', c.id, 'flowName', cf.name) from executions c join flows cf on cf.id = c.flow_id
    where c.id = e.called_by_id) as called_by,
  (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'flowName', cf.name, 'at', c.created_at) order by c.created_at), '[]')
    from executions c join flows cf on cf.id = c.flow_id where c.called_by_id = e.id) as calls,
  (select live.number from flow_versions live where live.id = f.live_version_id and live.number > v.number) as newer_version
from executions e ${SUMMARY_JOINS}
where e.id = $1`;
