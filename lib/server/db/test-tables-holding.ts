import type { Pool } from "pg";

/** For tests: where one of these texts stands, in any column of any table: "2 rows of public.steps". */
export async function tablesHolding(pool: Pool, texts: readonly string[]): Promise<string[]> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema in ('public', 'graphile_worker') and table_type = 'BASE TABLE'`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await pool.query<{ times: string }>(
      `select count(*) as times from ${name} t
       where exists (select from unnest($1::text[]) s(looked_for) where position(s.looked_for in t::text) > 0)`,
      [texts],
    );
    if (rows[0]?.times !== "0") found.push(`${rows[0]?.times} rows of ${name}`);
  }
  return found;
}
