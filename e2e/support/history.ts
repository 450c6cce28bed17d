import pg from "pg";
import { needed } from "./needed.ts";

/** An execution as it is written into the database, for lists longer than anybody waits for. */
export interface PastExecution {
  status: "succeeded" | "failed";
  subject: string;
}

/**
 * Writes past executions of a flow, the first being the newest, each a second older than the one before it.
 * They have no steps.
 */
export async function writeHistory(flowId: string, executions: PastExecution[]): Promise<void> {
  await withDatabase((client) =>
    client.query(
      `insert into executions (flow_id, mode, subject, status, trigger, document, error, created_at, started_at, finished_at)
       select $1, 'live', past.subject, past.status, '{}', f.draft,
         case when past.status = 'failed'
           then '{"kind":"refused","code":"E0000007","message":"Not found: the user","path":"c2"}'::jsonb end,
         at, at, at
       from unnest($2::text[], $3::text[]) with ordinality as past(subject, status, place),
         lateral (select now() - place * interval '1 second') as times(at),
         flows f
       where f.id = $1`,
      [flowId, executions.map(({ subject }) => subject), executions.map(({ status }) => status)],
    ),
  );
}

/** Takes the executions of a flow away again. */
export async function forgetHistory(flowId: string): Promise<void> {
  await withDatabase((client) => client.query("delete from executions where flow_id = $1", [flowId]));
}

async function withDatabase(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: needed("DATABASE_URL") });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
