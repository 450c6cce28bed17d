import type { Sql } from "../db/transaction.ts";

/** Refused calls of a connection's hook address, of one kind. */
export interface RefusedCalls {
  status: number;
  reason: string;
  count: number;
  /** ISO 8601. */
  lastAt: string;
}

interface Row {
  status: number;
  reason: string;
  count: number;
  last_at: Date;
}

/** What was refused at a connection's hook address in the last 24 hours, most frequent first. */
export async function refusalsOf(sql: Sql, connectionId: string): Promise<RefusedCalls[]> {
  const { rows } = await sql.query<Row>({
    name: "hook-refusals",
    text: `
      select (detail->>'status')::int as status, detail->>'reason' as reason,
             sum((detail->>'count')::int)::int as count, max(at) as last_at
      from audit_entries
      where action = 'hook.refused' and object_id = $1 and at > now() - interval '24 hours'
      group by 1, 2
      order by count desc, reason
      limit 10`,
    values: [connectionId],
  });
  return rows.map(({ last_at, ...row }) => ({ ...row, lastAt: last_at.toISOString() }));
}
