import { CARD_FAILED } from "#lib/connectors/core/card-failed.ts";
import { jobSpecSql } from "../queue/enqueue.ts";

/** How long a chain of flows that call each other because they fail may get. Two that name each other would never end. */
export const MAX_CALLS_DEEP = 5;

/**
 * SQL of the flow called because a card failed, for the statement that ends the failed execution: neither is there without
 * the other, so a worker's death between them can lose or double no call. Follows a `held` (id, mode) with the execution;
 * $7 is its error, $10 the flow to call, $11 the card's title. Nothing is called by tests and plans, nor where the flow is
 * off, gone, or published with another start; who opens the failed execution is told so.
 */
export const CALL_FLOW = `called as (
  insert into executions (flow_id, version_id, mode, trigger, subject, called_by_id, call_depth)
  select f.id, f.live_version_id, 'live',
    jsonb_build_object(
      'flow', jsonb_build_object('id', own.id, 'name', own.name), 'execution', x.id, 'card', $11::text,
      'failure', jsonb_build_object('message', $7::jsonb->'message', 'code', $7::jsonb->'code', 'status', $7::jsonb->'status'),
      'failedAt', to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'subject', x.subject),
    x.subject, x.id, x.call_depth + 1
  from held
  join executions x on x.id = held.id
  join flows own on own.id = x.flow_id
  join flows f on f.id = $10::uuid and f."on" and f.deleted_at is null
  join flow_versions v on v.id = f.live_version_id
  where held.mode in ('live', 'replay') and x.call_depth < ${MAX_CALLS_DEEP}
    and jsonb_path_exists(v.document, '$.cards.*.card ? (@ == "${CARD_FAILED}")')
  returning id
), call_queued as (
  select count(*) from
    (select array_agg(${jobSpecSql("called.id")}) as specs from called having count(*) > 0) s
    cross join lateral graphile_worker.add_jobs(s.specs)
)`;
