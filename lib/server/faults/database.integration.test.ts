import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { addToGroup, chainOf, createUser } from "./test-documents.ts";
import { FaultStage, type Pair } from "./test-fault-stage.ts";
import { OwnServer } from "./test-own-server.ts";
import { violations } from "./test-violations.ts";
import type { TestWeb } from "./test-web.ts";

// Real processes on machines that are busy: the waits in it say what they wait for.
vi.setConfig({ testTimeout: 150_000, hookTimeout: 120_000 });
let server: OwnServer;
let stage: FaultStage;
let web: TestWeb;

beforeAll(async () => {
  server = await OwnServer.start();
  stage = await FaultStage.open();
  web = await stage.startWeb();
});
afterEach(() => stage.clear());
afterAll(async () => {
  await stage.close();
  await server.close();
});

const usersOf = (pairs: Pair[]) => pairs.map(({ name }) => stage.base.usersCalled(`${name}@tests.example`));

/** Sends events in portions of ten until each was answered 204, as Okta and the reader of its log together do. */
async function deliverUntilTaken(pairs: Pair[]): Promise<Set<number>> {
  const seen = new Set<number>();
  const events = pairs.map((pair) => stage.eventAbout(pair));
  for (let from = 0; from < events.length; from += 10) {
    const portion = events.slice(from, from + 10);
    await stage.until("the portion is taken", async () => {
      const status = await stage.deliver(web, portion);
      seen.add(status);
      return status === 204;
    });
  }
  return seen;
}

test("PostgreSQL ended at once and started again, twice, in the middle of 500 executions: nothing is lost or done twice", async () => {
  const flow = await stage.listen(chainOf({ create: createUser, add: addToGroup }));
  const [pairs, more] = [await stage.pairs(500), await stage.pairs(2)];
  stage.keepWorkers(2);
  const delivering = deliverUntilTaken(pairs);
  const { db, sandbox } = stage.base;
  const created = () => sandbox.counters.json().applied.byTemplate["POST /api/v1/users"] ?? 0;
  for (const [index, enough] of [20, 250].entries()) {
    await stage.until(`${enough} users are created`, async () => created() >= enough);
    await server.crash();
    const unheard = more.slice(index, index + 1).map((pair) => stage.eventAbout(pair));
    expect(await stage.deliver(web, unheard)).toBe(503);
    await server.restart();
  }
  const statuses = await delivering;
  expect([...statuses].filter((status) => status !== 204 && status !== 503)).toEqual([]);
  expect(await violations(stage, { withinMs: 90_000 })).toEqual([]);
  expect(await db.prisma.execution.count({ where: { flowId: flow.id, status: "succeeded" } })).toBe(500);
  expect(usersOf(pairs)).toEqual(Array(500).fill(1));
});

test("with the disk full a delivery is answered 503, and none 2xx that is not stored; with room again all is taken and runs", async () => {
  const flow = await stage.listen(chainOf({ create: createUser, add: addToGroup }));
  const { pool } = stage.base.db;
  stage.keepWorkers(1);
  const [early, late] = [await stage.pairs(20), await stage.pairs(30)];
  await deliverUntilTaken(early);
  // More than the smallest limit there is, so that only what grows now is refused; in rows that leave no gaps for others.
  await pool.query(
    `insert into events (connection_id, uuid, event_type, published, delivery_id, payload)
     select d.connection_id, 'filler-' || n, 'filler', now(), d.id, jsonb_build_object('filler', repeat('x', 200))
     from (select id, connection_id from deliveries limit 1) d, generate_series(1, 60000) n`,
  );
  await pool.query("checkpoint");
  const { rows } = await pool.query<{ bytes: string }>("select pg_relation_size('events') as bytes");
  server.limitFiles(Number(rows[0]?.bytes));
  // What fits into the last pages is taken; everything after it is not.
  const answers: number[] = [];
  for (const pair of late) answers.push(await stage.deliver(web, [stage.eventAbout(pair)]));
  expect(answers.filter((status) => status !== 204 && status !== 503)).toEqual([]);
  expect(new Set(answers.slice(-5))).toEqual(new Set([503]));
  server.limitFiles("unlimited");
  const refused = late.filter((_, index) => answers[index] === 503);
  await deliverUntilTaken(refused);
  expect(await violations(stage, { withinMs: 90_000 })).toEqual([]);
  const { prisma } = stage.base.db;
  expect(await prisma.execution.count({ where: { flowId: flow.id, status: "succeeded" } })).toBe(50);
  expect(usersOf([...early, ...late])).toEqual(Array(50).fill(1));
});

test("with every connection of the web process taken, a delivery is answered 503, and none 2xx that is not stored", async () => {
  const flow = await stage.listen(chainOf({}));
  const pairs = await stage.pairs(12);
  const client = await stage.base.db.pool.connect();
  await client.query("begin");
  await client.query("lock table events in exclusive mode");
  // More deliveries at once than the process has connections: some wait for the lock, the others for a connection.
  const answers = await Promise.all(pairs.map((pair) => stage.deliver(web, [stage.eventAbout(pair)])));
  expect(new Set(answers)).toEqual(new Set([503]));
  await client.query("rollback");
  client.release();
  const more = await stage.pairs(3);
  await deliverUntilTaken(more);
  expect(await violations(stage)).toEqual([]);
  // What waited for the lock may have been stored after its 503, which is no harm; what was answered 2xx is there.
  const names = (await stage.executionsOf(flow.id)).map(({ subject }) => subject);
  for (const { name } of more) expect(names.filter((subject) => subject?.includes(name))).toHaveLength(1);
});
