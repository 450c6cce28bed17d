import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { addFlow, documentOf } from "../db/test-records.ts";
import { cancelExecution } from "../executions/cancel-execution.ts";
import { readLogEvent } from "../intake/log-event.ts";
import { receiveEvents } from "../intake/receive-events.ts";
import { oktaEvent } from "../intake/test-events.ts";
import { TestStage } from "./test-stage.ts";

let stage: TestStage;

beforeAll(async () => {
  stage = await TestStage.open();
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

/** An execution that two workers died with, and its call, held on its way by whoever makes it. */
async function suspect() {
  const [known] = stage.sandbox.org.users.all();
  const user = { value: known?.id ?? "" };
  const flow = await addFlow(stage.db, {
    document: documentOf({
      cards: {
        e: { card: "okta.groups.userAdded", v: 1, connection: "okta" },
        read: { card: "okta.users.read", v: 1, connection: "okta", inputs: { user } },
        again: { card: "okta.users.read", v: 1, connection: "okta", inputs: { user } },
      },
      edges: [
        { from: "e", out: "next", to: "read" },
        { from: "read", out: "next", to: "again" },
      ],
    }),
    listensTo: { connectionId: stage.connectionId, eventTypes: ["group.user_membership.add"] },
  });
  const events = [readLogEvent(oktaEvent())];
  await receiveEvents(stage.db.pool, { connectionId: stage.connectionId, source: "hook", events });
  const { id } = await stage.db.prisma.execution.findFirstOrThrow({ where: { flowId: flow.id } });
  await stage.db.prisma.execution.update({ where: { id }, data: { crashes: 2 } });
  const hold = () => stage.gate.hold("before", "GET", new RegExp(`/users/${user.value}`));
  return { id, flowId: flow.id, hold, held: hold() };
}
const executionOf = (id: string) => stage.db.prisma.execution.findUniqueOrThrow({ where: { id } });
async function processesAlone(): Promise<number> {
  const { rowCount } = await stage.db.pool.query(
    "select distinct application_name from pg_stat_activity where application_name like 'flowdeck-alone:%' and datname = current_database()",
  );
  return rowCount ?? 0;
}
const goneAlone = () => vi.waitFor(async () => expect(await processesAlone()).toBe(0), 20_000);

test("what two workers died with runs in a process of its own, comes to its end there, and clears its flow", async () => {
  const { id, flowId, held } = await suspect();
  await stage.db.prisma.flow.update({ where: { id: flowId }, data: { suspect: true } });
  await stage.startWorker();
  await held;
  expect(await processesAlone()).toBe(1);
  stage.gate.release();
  expect(await stage.outcome(id)).toMatchObject({ status: "succeeded", fence: 1 });
  await vi.waitFor(async () => {
    const flow = await stage.db.prisma.flow.findUniqueOrThrow({ where: { id: flowId } });
    expect(flow).toMatchObject({ suspect: false, pausedAt: null });
  });
});

test("a worker that is killed takes its process along, and whom that ran is not blamed", async () => {
  const { id, hold, held } = await suspect();
  const first = await stage.startWorker();
  await held;
  await first.kill();
  const again = hold();
  await stage.startWorker();
  await again;
  expect(await executionOf(id)).toMatchObject({ status: "running", crashes: 2, fence: 2 });
  stage.gate.release();
  expect(await stage.outcome(id)).toMatchObject({ status: "succeeded", crashes: 2 });
  await goneAlone();
});

test("it can be cancelled there", async () => {
  const { id, held } = await suspect();
  await stage.startWorker();
  await held;
  await cancelExecution({ kind: "user", id: "u1", name: "Ann", role: "owner" }, id);
  // The worker is told by the database, in its own time, and tells the process.
  await sleep(500);
  stage.gate.release();
  expect((await stage.outcome(id)).status).toBe("cancelled");
});
