import { randomUUID } from "node:crypto";
import type { Database } from "../db/client.ts";
import { documentOf } from "../db/test-records.ts";

/** For tests: somebody whose data is erased. */
export const ANN = {
  id: "00uANN5678901234ABCD",
  type: "User",
  alternateId: "ann.lee@acme.example",
  displayName: "Ann Lee",
};
/** What flows read about her. */
export const PHONE = "+49 170 5550199";

/** For tests: a card that calls the org. */
export const custom = (method: string, relativeUrl: { value: string }) => ({
  card: "okta.api.custom",
  v: 1,
  connection: "okta",
  options: { method },
  inputs: { relativeUrl },
});

/** For tests: every table in which a text stands anywhere, by reading all there is. */
export async function tablesWith({ pool }: Database, text: string): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const answer = await pool.query(
      `select 1 from ${name} t where position(lower($1) in lower(t::text)) > 0 limit 1`,
      [text],
    );
    if (answer.rowCount) found.push(name);
  }
  return found;
}
const TRACES = [ANN.id, ANN.alternateId, encodeURIComponent(ANN.alternateId), ANN.displayName, "Lee", PHONE];

/** For tests: the tables in which anything of ANN stands, by what it is. */
export async function traces(db: Database) {
  const found: Record<string, string[]> = {};
  for (const trace of TRACES) {
    const tables = await tablesWith(db, trace);
    if (tables.length > 0) found[trace] = tables;
  }
  return found;
}
/** For tests: ANN stands in every place there is for her. */
export async function everywhere({ prisma }: Database, flowId: string) {
  const bulk = await prisma.bulkRun.create({
    data: {
      id: randomUUID(),
      kind: "card",
      title: "Suspend",
      total: 1,
      createdBy: "test",
      status: "finished",
    },
  });
  await prisma.bulkRow.create({
    data: { bulkId: bulk.id, position: 0, label: ANN.displayName, inputs: { user: ANN.alternateId } },
  });
  await prisma.alarm.create({
    data: {
      id: randomUUID(),
      kind: "loop",
      objectId: flowId,
      message: `Stopped at ${ANN.alternateId} (Ann Lee).`,
    },
  });
  await prisma.auditEntry.create({
    data: { actor: "nobody", action: "session.refused", detail: { email: ANN.alternateId } },
  });
  const published = new Date();
  await prisma.eventCount.createMany({
    data: [1, 2].map((number) => ({
      flowId,
      key: ANN.id,
      eventUuid: `${number}`,
      published,
      number,
    })),
  });
  await prisma.flowMark.create({ data: { flowId, key: "last", value: [ANN.id] } });
  const data = { flowId, mode: "test", status: "succeeded", finishedAt: published };
  await prisma.execution.create({
    data: {
      ...data,
      trigger: { eventType: "x", who: ANN.alternateId },
      document: documentOf({
        description: "For Ann Lee",
        cards: { n: { ...custom("GET", { value: PHONE }), title: "Ann Lee" } },
      }),
    },
  });
}
