import type { z } from "zod";
import type { BulkRowStatus, BulkRun, listBulkRuns as listEndpoint } from "#lib/api/bulk.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { database } from "../db/client.ts";
import { readCursor, writeCursor } from "../executions/cursor.ts";
import { bulkNotFound } from "./stop-bulk.ts";

interface RunRow {
  id: string;
  kind: BulkRun["kind"];
  title: string;
  card_id: string | null;
  connection: string | null;
  status: BulkRun["status"];
  total: number;
  created_by: string;
  created_at: Date;
  finished_at: Date | null;
  counts: Partial<Record<BulkRowStatus, number>> | null;
}

/** What a row of a list is at: its execution's status, or that it has none. `r` is the row, `e` its execution. */
export const ROW_STATUS_SQL = `case
  when r.execution_id is not null then coalesce(e.status, 'gone')
  when r.problem is null then 'notStarted'
  else 'leftOut' end`;

const RUNS = `
select b.id, b.kind, b.title, b.card_id, b.connection, b.status, b.total, b.created_by, b.created_at, b.finished_at,
  (select jsonb_object_agg(c.status, c.count) from (
     select ${ROW_STATUS_SQL} as status, count(*) from bulk_rows r left join executions e on e.id = r.execution_id
     where r.bulk_id = b.id group by 1
   ) c) as counts
from bulk_runs b`;

/** @throws ApiProblem not-found */
export async function getBulkRun(actor: Actor, id: string): Promise<BulkRun> {
  authorize(actor, "executions.read");
  const { rows } = await database().pool.query<RunRow>(`${RUNS} where b.id = $1`, [id]);
  const [row] = rows;
  if (!row) throw bulkNotFound();
  return runFromRow(row);
}

/**
 * Runs by hand, newest first.
 *
 * @throws ApiProblem bad-request for a cursor that is none
 */
export async function listBulkRuns(
  actor: Actor,
  { cursor, limit }: z.output<NonNullable<typeof listEndpoint.query>>,
): Promise<{ items: BulkRun[]; next?: string }> {
  authorize(actor, "executions.read");
  const from = cursor === undefined ? undefined : readCursor(cursor);
  const { rows } = await database().pool.query<RunRow>(
    `${RUNS} where $1::timestamptz is null or (b.created_at, b.id) < ($1::timestamptz, $2::uuid)
     order by b.created_at desc, b.id desc limit $3`,
    [from?.createdAt ?? null, from?.id ?? null, limit + 1],
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const items = page.map(runFromRow);
  return rows.length > limit && last ? { items, next: writeCursor(last.created_at, last.id) } : { items };
}

function runFromRow(row: RunRow): BulkRun {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    card: row.card_id,
    connection: row.connection,
    status: row.status,
    total: row.total,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    counts: row.counts ?? {},
  };
}
