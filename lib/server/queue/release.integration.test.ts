import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Actor } from "../accounts/actor.ts";
import { addConnection, addFlow, openTestDatabase } from "../db/test-records.ts";
import { withTransaction } from "../db/transaction.ts";
import { stubServerEnv } from "../env/stub-server-env.ts";
import { claimExecution } from "../executor/claim.ts";
import { pauseFlow, resumeFlow } from "../flows/pause-flow.ts";
import { readLogEvent } from "../intake/log-event.ts";
import { receiveEvents } from "../intake/receive-events.ts";
import { oktaEvent } from "../intake/test-events.ts";
import { log } from "../log.ts";
import { PRIORITY } from "./enqueue.ts";
import { dealIn } from "./fair-turns.ts";
import { releaseStranded } from "./release.ts";

const ann: Actor = { kind: "user", id: "u1", name: "Ann", role: "owner" };
let db: Awaited<ReturnType<typeof openTestDatabase>>;
let connectionId: string;
beforeAll(async () => {
  stubServerEnv();
  db = await openTestDatabase();
  log.level = "silent";
});
beforeEach(async () => {
  await db.pool.query("delete from graphile_worker._private_jobs");
  await db.prisma.execution.deleteMany();
  connectionId = (await addConnection(db)).id;
});
afterAll(() => db.drop());

const listening = async (eventType: string) =>
  (await addFlow(db, { listensTo: { connectionId, eventTypes: [eventType] } })).id;

/** Events that happened in these seconds, one delivery each. */
async function arrive(eventType: string, ...seconds: number[]): Promise<void> {
  for (const second of seconds) {
    const published = new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();
    const events = [readLogEvent(oktaEvent({ eventType, published }))];
    await receiveEvents(db.pool, { connectionId, source: "hook", events });
  }
}

interface Entry {
  id: string;
  flow_id: string;
  second: number;
  priority: number;
}

/** What is in the queue, in the order in which it is taken. */
async function queued(): Promise<Entry[]> {
  const { rows } = await db.pool.query<Entry>(
    `select e.id, e.flow_id, extract(epoch from v.published - timestamptz '2026-01-01Z')::int as second, j.priority
     from graphile_worker._private_jobs j join executions e on j.key = 'execution:' || e.id
     join events v on v.id = e.event_id
     where j.run_at <= now() order by j.priority, j.run_at, j.id`,
  );
  return rows;
}
const secondsOf = (entries: Entry[]) => entries.map(({ second }) => second);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

test("what a flow kept back starts in the order of publication, before its events that come after the resume", async () => {
  const flow = await listening("test.kept");
  // Those of before the pause: some are kept back by the claim, others are still in the queue.
  await arrive("test.kept", ...upTo(10));
  await pauseFlow(ann, flow, {});
  for (const { id } of (await queued()).slice(0, 5)) {
    await claimExecution(db.pool, id);
    await db.pool.query("select graphile_worker.remove_job($1)", [`execution:${id}`]);
  }
  await arrive("test.kept", 14, 11, 13, 10, 12);
  await arrive("test.kept", ...upTo(85).map((n) => n + 15));
  await resumeFlow(ann, flow);
  await arrive("test.kept", ...upTo(50).map((n) => n + 100));
  const order = await queued();
  expect(secondsOf(order)).toEqual(upTo(150));
  expect(order.every(({ priority }) => priority === PRIORITY.event)).toBe(true);
  expect(await dealIn(db.pool)).toBe(0);
});

test("what is released keeps no other flow's event waiting", async () => {
  const flow = await listening("test.kept");
  const other = await listening("test.other");
  await pauseFlow(ann, flow, {});
  await arrive("test.kept", ...upTo(60));
  await resumeFlow(ann, flow);
  await arrive("test.other", 1);
  const order = await queued();
  expect(order.findIndex(({ flow_id: id }) => id === other)).toBeLessThanOrEqual(1);
});

test("an event that is taken in while its flow is resumed is released with the rest, in its order", async () => {
  const flow = await listening("test.kept");
  await pauseFlow(ann, flow, {});
  await arrive("test.kept", ...upTo(20));
  const { resuming, arriving } = await withTransaction(db.pool, async (holder) => {
    // The resume has released what it sees, and can't commit.
    await holder.query("lock table audit_entries in share mode");
    const resumed = resumeFlow(ann, flow);
    await waiting("%audit_entries%", 1);
    // These see the flow paused, and end after the resume.
    const arrived = Promise.all([arrive("test.kept", 20), arrive("test.kept", 21), arrive("test.kept", 22)]);
    await waiting("%with given as materialized%", 3);
    return { resuming: resumed, arriving: arrived };
  });
  await Promise.all([resuming, arriving]);
  await arrive("test.kept", 23, 24);
  expect(await db.prisma.execution.count({ where: { flowId: flow, held: true } })).toBe(0);
  expect(secondsOf(await queued())).toEqual(upTo(25));
});

/** Until so many sessions wait for a lock in a statement like this. */
const waiting = (statement: string, sessions: number) =>
  vi.waitFor(
    async () => {
      const { rows } = await db.pool.query<{ count: number }>(
        `select count(*)::int from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
         and wait_event_type = 'Lock' and query ilike $1`,
        [statement],
      );
      expect(rows[0]?.count).toBe(sessions);
    },
    { timeout: 20_000 },
  );

test("what is held although its flow is not paused any more is released by the next round", async () => {
  const [resumed, paused] = [await listening("test.kept"), await listening("test.paused")];
  await pauseFlow(ann, resumed, {});
  await pauseFlow(ann, paused, {});
  await arrive("test.kept", 2, 1, 0);
  await arrive("test.paused", 0);
  await db.prisma.flow.update({ where: { id: resumed }, data: { pausedAt: null, pausedKind: null } });
  expect(await releaseStranded(db)).toBe(3);
  expect(secondsOf(await queued())).toEqual([0, 1, 2]);
  expect(await releaseStranded(db)).toBe(0);
  expect(await db.prisma.execution.count({ where: { flowId: paused, held: true } })).toBe(1);
});
