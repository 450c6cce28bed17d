import type { Pool } from "pg";
import type { FlowSettings } from "#lib/flow/settings.ts";
import { type Sql, withTransaction } from "../db/transaction.ts";
import { keptBackSql } from "../flows/paused.ts";
import { log } from "../log.ts";
import { jobSpecSql } from "./enqueue.ts";

/** What of a flow's settings makes its executions stand in line; kept in the flow's row, where every claim reads. */
export function lineSettings({ concurrency, order }: FlowSettings = {}) {
  return { maxRunning: concurrency ?? null, inOrder: order === "per-user" };
}

/** Why an execution stands in line, for people. */
export const LINE_REASONS = {
  limit: (most: number) =>
    most === 1
      ? "Waits for its turn: one execution of this flow runs at a time."
      : `Waits for its turn: ${most} executions of this flow run at the same time.`,
  person: "Waits for its turn: an execution about the same person is not over yet.",
  attention:
    "Waits for its turn: an earlier execution about the same person needs attention. Retry or cancel that one.",
} as const;

interface FlowRow {
  id: string;
  max_running: number | null;
  in_order: boolean;
}

/**
 * Has an execution stand in its flow's line, and lets it in where it is its turn. Called by a claim that found a flow with
 * a line; flows without one never come here.
 *
 * @returns whether it was let in: it may be claimed now. Otherwise it waits, in no queue, until `letNext` finds its turn
 */
export function standInLine(pool: Pool, executionId: string): Promise<boolean> {
  return withTransaction(pool, async (sql) => {
    const { rows } = await sql.query<{ flow_id: string }>(
      "select flow_id from executions where id = $1::uuid and status in ('queued', 'running', 'waiting')",
      [executionId],
    );
    const flow = rows[0] && (await lockLine(sql, rows[0].flow_id));
    if (!flow) return false;
    const { rowCount } = await sql.query(STAND, [executionId]);
    if (!rowCount) return false;
    // With a limit whoever came first goes first; without one nobody stands in its way but those about its person.
    const among = flow.max_running === null ? { execution: executionId } : undefined;
    const found = await letIn(sql, flow, among, executionId);
    if (found.includes(executionId)) return true;
    await sql.query("update executions set reason = $2 where id = $1", [
      executionId,
      await reasonOf(sql, flow, executionId),
    ]);
    return false;
  });
}

/**
 * Lets those in whose turn it is after an execution has ended or needs a person. Never rejects: what is left undone the
 * sweep does (`letAllNext`).
 */
export async function letNext(pool: Pool, flowId: string, executionId: string): Promise<void> {
  try {
    await withTransaction(pool, async (sql) => {
      const flow = await lockLine(sql, flowId);
      if (!flow) return;
      await letIn(sql, flow, flow.max_running === null ? { personOf: executionId } : undefined);
      if (flow.in_order) await sql.query(TELL_ATTENTION, [flowId, executionId, LINE_REASONS.attention]);
    });
  } catch (err) {
    log.warn({ executionId, err }, "Who comes next in a flow's line could not be let in; the sweep will.");
  }
}

/**
 * Lets everybody in whose turn it is, in all flows: after executions that ended in no worker's hands (cancelled, given up),
 * after a worker that died between an end and the next one's turn, and where a flow has no line any more.
 *
 * @returns ids of the executions let in
 */
export async function letAllNext(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ flow_id: string }>({
    name: "lines",
    text: "select distinct flow_id from executions where place = 'line' and status = 'waiting'",
  });
  const found: string[] = [];
  for (const { flow_id: flowId } of rows) {
    const ids = await withTransaction(pool, async (sql) => {
      const flow = await lockLine(sql, flowId, { unlessBusy: true });
      return flow ? letIn(sql, flow) : [];
    });
    found.push(...ids);
  }
  return found;
}

/**
 * One at a time for each flow, over all processes: two that look at once would both find the last place free. The flow is
 * read after the lock was had, by a statement of its own, for one sees nothing that was committed while it waited.
 */
async function lockLine(sql: Sql, flowId: string, { unlessBusy = false } = {}): Promise<FlowRow | undefined> {
  const key = `line:${flowId}`;
  if (unlessBusy) {
    const { rows } = await sql.query<{ had: boolean }>(
      "select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as had",
      [key],
    );
    if (!rows[0]?.had) return undefined;
  } else await sql.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [key]);
  const { rows } = await sql.query<FlowRow>(
    "select id, max_running, in_order from flows where id = $1::uuid",
    [flowId],
  );
  return rows[0];
}

const STAND = `
update executions set place = 'line', status = 'waiting', waiting_until = null,
  fence = case when fence = 0 then 0 else fence + 1 end
where id = $1::uuid and status in ('queued', 'running', 'waiting') and place is distinct from 'in'`;

type Among = { execution: string } | { personOf: string };

/**
 * Lets in whose turn it is and puts them into the queue.
 *
 * @param among whom to look at; all in line where absent
 * @param claimed this one needs no queue entry: whoever asks has it in hand
 * @returns ids of those let in
 */
async function letIn(
  sql: Sql,
  flow: FlowRow,
  among?: Among,
  claimed: string | null = null,
): Promise<string[]> {
  const about = among && ("execution" in among ? among.execution : among.personOf);
  const { rows } = await sql.query<{ id: string }>(letInSql(flow, among), [
    flow.id,
    claimed,
    ...(about === undefined ? [] : [about]),
  ]);
  return rows.map(({ id }) => id);
}

/**
 * $1 flow, $2 the one that needs no entry, $3 whom `among` names. Those a paused flow keeps back stay where they
 * are.
 */
function letInSql({ max_running: most, in_order: inOrder }: FlowRow, among: Among | undefined): string {
  const whom =
    among === undefined
      ? ""
      : "execution" in among
        ? "and e.id = $3::uuid"
        : `and (v.connection_id, v.about) = (
            select w.connection_id, w.about from executions o join events w on w.id = o.event_id where o.id = $3::uuid)`;
  return `
with next as (
  select e.id, e.mode
  from executions e join flows f on f.id = e.flow_id left join events v on v.id = e.event_id
  where e.flow_id = $1::uuid and e.place = 'line' and e.status = 'waiting' ${whom}
    and not ${keptBackSql("f", "e.mode")}
    ${inOrder ? `and not exists (select ${AHEAD})` : ""}
  order by e.id
  ${most === null ? "" : `limit greatest(0, ${Math.trunc(most)} - (${LET_IN}))`}
), let_in as (
  update executions e set place = 'in', status = 'queued', reason = null from next where e.id = next.id
  returning e.id, e.mode
), queued as (
  select count(*) from
    (select array_agg(${jobSpecSql("l.id", "now()", "l.mode")}) as specs from let_in l
     where l.id is distinct from $2::uuid having count(*) > 0) s
    cross join lateral graphile_worker.add_jobs(s.specs)
)
select id, (select * from queued) as queued from let_in`;
}

/** A place is taken from being let in to the end, waits included; who needs a person's attention gives it back meanwhile. */
const LET_IN = `select count(*) from executions o
  where o.flow_id = $1::uuid and o.place = 'in' and o.status in ('queued', 'running', 'waiting')`;

/**
 * Executions about the same person that go before \`e\`, whose event is \`v\`: those under way, and those of earlier events
 * that are not over, wherever they are. One that needs attention is not over: settled after a later one it would undo it.
 */
const AHEAD = `
  from events w join executions o on o.event_id = w.id
  where w.connection_id = v.connection_id and w.about = v.about
    and o.flow_id = $1::uuid and o.id <> e.id and o.mode in ('live', 'replay')
    and (
      (o.status in ('queued', 'running', 'waiting') and (o.place = 'in' or o.status = 'running'))
      or (o.status in ('queued', 'running', 'waiting', 'attention') and (w.published, o.id) < (v.published, e.id))
    )`;

async function reasonOf(sql: Sql, flow: FlowRow, executionId: string): Promise<string> {
  const { rows } = await sql.query<{ person: boolean; attention: boolean }>(
    `select count(*) > 0 as person, coalesce(bool_or(ahead.status = 'attention'), false) as attention
     from executions e join events v on v.id = e.event_id cross join lateral (select o.status ${AHEAD}) ahead
     where e.id = $2::uuid`,
    [flow.id, executionId],
  );
  if (flow.in_order && rows[0]?.attention) return LINE_REASONS.attention;
  if (flow.in_order && rows[0]?.person) return LINE_REASONS.person;
  return flow.max_running === null ? LINE_REASONS.person : LINE_REASONS.limit(flow.max_running);
}

/** $1 flow, $2 the execution that left its worker, $3 what those behind it are told where it needs a person. */
const TELL_ATTENTION = `
update executions e set reason = $3
from executions o join events w on w.id = o.event_id
join events v on v.connection_id = w.connection_id and v.about = w.about and v.published >= w.published
where o.id = $2::uuid and o.status = 'attention' and e.event_id = v.id and e.flow_id = $1::uuid
  and e.place = 'line' and e.status = 'waiting'`;
