import type { Pool } from "pg";
import type { ExecutionRun } from "#lib/engine/execution.ts";
import type { JsonObject } from "#lib/flow/json.ts";
import { perPool } from "../db/per-pool.ts";
import { together } from "../db/together.ts";
import { keptBackSql, pausedReasonSql } from "../flows/paused.ts";
import { standInLine } from "../queue/lines.ts";
import { isSuspect, suspectSql } from "../queue/suspects.ts";

/** An execution this process may now run. */
export interface Claim {
  run: ExecutionRun;
  flowId: string;
  cancelRequested: boolean;
  /** It was let in by its flow's line: its end is somebody else's turn. */
  letIn: boolean;
  /** The version to run; null for a test, whose document the execution carries itself. */
  versionId: string | null;
}

interface ClaimRow {
  id: string;
  held: boolean;
  place: string | null;
  fence: number;
  flow_id: string;
  mode: ExecutionRun["mode"];
  version_id: string | null;
  cancel_requested: boolean;
  trigger: JsonObject | null;
}

/**
 * Takes an execution over: from now on statements of every earlier claim are refused.
 *
 * One of a flow that is paused is kept back instead: it waits, in no queue, until the flow is resumed. Asked here and
 * nowhere before, so that it holds whatever brought the execution: an event, a wait's end, a worker's death.
 *
 * One of a flow that limits how many run at once, or runs those about one person in order, stands in line until it is its
 * turn (queue/lines.ts). That costs further statements; the first one finds out and leaves such an execution alone.
 *
 * One with which workers died runs in no worker beside others (queue/suspects.ts).
 *
 * @param alone nothing else runs in this process
 * @returns "apart" for one that must run alone and does not; undefined when it has ended, is kept back, stands in line, needs a person, or is gone
 */
export async function claimExecution(
  pool: Pool,
  executionId: string,
  { alone = false } = {},
): Promise<Claim | "apart" | undefined> {
  const claimed = await claim(pool, executionId, alone);
  if (claimed !== "not-claimed") return claimed;
  // It is over, must run alone, or has a line to stand in. The former two are rare: what a crash left in the queue.
  if (!alone && (await isSuspect(pool, executionId))) return "apart";
  if (!(await standInLine(pool, executionId))) return undefined;
  const afterwards = await claim(pool, executionId, alone);
  return afterwards === "not-claimed" ? undefined : afterwards;
}

type Attempt = Claim | "kept-back" | "not-claimed";

/** Executions that are taken up at the same time share the statement; the same one twice does not: each claim raises the fence. */
const attempts = perPool((pool) =>
  together(
    (ids: string[]) => attemptAll(pool, ids, false),
    (id) => id,
  ),
);

async function claim(
  pool: Pool,
  executionId: string,
  alone: boolean,
): Promise<Claim | undefined | "not-claimed"> {
  const attempt = alone
    ? (await attemptAll(pool, [executionId], true))[0]
    : await attempts(pool)(executionId);
  return attempt === "kept-back" ? undefined : attempt;
}

async function attemptAll(pool: Pool, ids: readonly string[], alone: boolean): Promise<Attempt[]> {
  const { rows } = await pool.query<ClaimRow>({
    name: "claim-executions",
    text: CLAIM,
    values: [ids.toSorted(), alone],
  });
  const found = new Map(rows.map((row) => [row.id, row.held ? ("kept-back" as const) : claimOf(row)]));
  return ids.map((id) => found.get(id) ?? "not-claimed");
}

function claimOf(row: ClaimRow): Claim {
  const { id, fence, mode, flow_id: flowId, version_id: versionId, cancel_requested: cancelRequested } = row;
  // Only claims write steps, and this is the first one.
  const fresh = fence === 1;
  const run = { id, fence, mode, fresh, trigger: row.trigger ?? {} };
  return { run, flowId, cancelRequested, letIn: row.place === "in", versionId };
}

/**
 * The rows are locked in the order of their ids, as everybody does who locks several: they are given in it.
 *
 * Each is looked up by itself. Of all at once PostgreSQL, as long as the tables are new to it, reads whatever is queued.
 */
const CLAIM = `
update executions e set
  fence = case when kept.back and e.fence = 0 then 0 else e.fence + 1 end,
  status = case when kept.back then 'waiting' else 'running' end, held = kept.back,
  reason = case when kept.back then ${pausedReasonSql("kept.paused_kind")} end, waiting_until = null,
  started_at = case when kept.back then e.started_at else coalesce(e.started_at, now()) end
from unnest($1::uuid[]) given(id)
cross join lateral (
  select x.id, ${keptBackSql("f", "x.mode")} and not x.cancel_requested as back, f.paused_kind,
    (f.max_running is not null or f.in_order) and x.mode in ('live', 'replay') and x.place is distinct from 'in'
      and not x.cancel_requested as in_line,
    not $2::boolean and ${suspectSql("x", "f")} as apart
  from executions x join flows f on f.id = x.flow_id
  where x.id = given.id and x.status in ('queued', 'running', 'waiting')
  for update of x
) kept
where e.id = kept.id and (kept.back or not kept.in_line and not kept.apart)
returning e.id, e.held, e.place, e.fence, e.flow_id, e.mode, e.version_id, e.cancel_requested,
  coalesce(e.trigger, (select v.payload from events v where v.id = e.event_id)) as trigger`;
