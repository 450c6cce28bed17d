import type { z } from "zod";
import type { ExecutionStatus } from "#lib/api/executions.ts";
import type { previewReplay as endpoint, PastEvent, ReplayPreview } from "#lib/api/replay.ts";
import { planFlow } from "#lib/engine/plan.ts";
import type { JsonObject } from "#lib/flow/json.ts";
import { registry } from "#lib/registry.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { summaryOf } from "../connections/list-events.ts";
import { database } from "../db/client.ts";
import { writesOf } from "../flows/test-flow.ts";
import { findEvents } from "./find-events.ts";
import { versionToReplay } from "./version-to-replay.ts";

type Request = z.output<NonNullable<typeof endpoint.body>>;

const SHOWN = 20;

interface Row {
  total: number;
  id: string;
  uuid: string;
  event_type: string;
  published: Date;
  payload: JsonObject;
  execution_id: string | null;
  status: ExecutionStatus | null;
}

/**
 * Which events a replay would run, and which cards of the version change something. Starts nothing.
 *
 * @throws ApiProblem not-found; invalid when the draft has errors; conflict when the version listens to nothing;
 *   bad-request for an unknown status or severity
 */
export async function previewReplay(
  actor: Actor,
  flowId: string,
  { source, version }: Request,
): Promise<ReplayPreview> {
  authorize(actor, "executions.run");
  const { document } = await versionToReplay(flowId, version);
  const { text, values } = findEvents(flowId, document, source);
  const { rows } = await database().pool.query<Row>(
    `with found as materialized (${text}), newest as (
       select * from found order by published desc, id desc limit ${SHOWN}
     )
     select (select count(*)::int from found) as total, n.id, n.uuid, n.event_type, n.published, n.payload,
       e.id as execution_id, e.status
     from newest n left join lateral (
       select x.id, x.status from executions x where x.event_id = n.id and x.flow_id = $${values.length + 1}::uuid
       order by x.created_at desc, x.id desc limit 1
     ) e on true
     order by n.published desc, n.id desc`,
    [...values, flowId],
  );
  return {
    count: rows[0]?.total ?? 0,
    newest: rows.map(pastEvent),
    writes: writesOf(planFlow(document, registry)),
  };
}

function pastEvent({ id, uuid, event_type, published, payload, execution_id, status }: Row): PastEvent {
  return {
    id,
    uuid,
    eventType: event_type,
    published: published.toISOString(),
    summary: summaryOf(payload),
    execution: execution_id !== null && status !== null ? { id: execution_id, status } : null,
  };
}
