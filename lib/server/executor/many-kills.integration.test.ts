import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { addFlow, documentOf } from "../db/test-records.ts";
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

/** Creates a user called after the event's group, so that each execution has a login of its own. */
async function listeningFlow() {
  const login = { text: [{ ref: ["e", "group", "displayName"] as [string, ...string[]] }, "@tests.example"] };
  const profile = {
    object: { login, email: login, firstName: { value: "Pat" }, lastName: { value: "Doe" } },
  };
  const document = documentOf({
    cards: {
      e: { card: "okta.groups.userRemoved", v: 1, connection: "okta" },
      create: { card: "okta.users.create", v: 1, connection: "okta", inputs: { profile } },
      read: {
        card: "okta.users.read",
        v: 1,
        connection: "okta",
        inputs: { user: { ref: ["create", "id"] } },
      },
    },
    edges: [
      { from: "e", out: "next", to: "create" },
      { from: "create", out: "next", to: "read" },
    ],
  });
  const { connectionId } = stage;
  return addFlow(stage.db, {
    document,
    listensTo: { connectionId, eventTypes: ["group.user_membership.remove"] },
  });
}

const eventAbout = (name: string) =>
  readLogEvent(
    oktaEvent({
      eventType: "group.user_membership.remove",
      target: [
        { id: "00uANY", type: "User", alternateId: "ann@acme.example", displayName: "Ann Lee" },
        { id: "00gANY", type: "UserGroup", alternateId: "unknown", displayName: name },
      ],
    }),
  );

const started = async (names: string[]) => {
  const flow = await listeningFlow();
  const { connectionId, db } = stage;
  await receiveEvents(db.pool, { connectionId, source: "hook", events: names.map(eventAbout) });
  return db.prisma.execution.findMany({ where: { flowId: flow.id }, select: { id: true, subject: true } });
};

test("of a batch of ten, the one that fails stops none of the others", async () => {
  const names = Array.from({ length: 10 }, () => `n${randomUUID()}`);
  // Two "at" signs make no login.
  names[2] = "not@a@login";
  const executions = await started(names);
  await stage.startWorker();
  const statuses = await Promise.all(executions.map(async ({ id }) => (await stage.outcome(id)).status));
  expect(statuses.toSorted()).toEqual(["failed", ...Array(9).fill("succeeded")]);
});

test("with all workers killed again and again in the middle of sixty executions, all end and nothing is done twice", async () => {
  const names = Array.from({ length: 60 }, () => `n${randomUUID()}`);
  stage.sandbox.faults.set([{ fault: "latency", ms: 40, concurrency: false, resetSeconds: 1 }]);
  const executions = await started(names);
  for (const livesMs of [150, 230, 310, 390]) {
    const workers = await Promise.all([stage.startWorker(), stage.startWorker()]);
    await sleep(livesMs);
    await Promise.all(workers.map((worker) => worker.kill()));
  }
  await stage.startWorker();
  const outcomes = await Promise.all(executions.map(({ id }) => stage.outcome(id, 60_000)));
  stage.sandbox.faults.set([]);
  expect(outcomes.filter(({ status }) => status !== "succeeded")).toEqual([]);
  expect(names.map((name) => stage.usersCalled(`${name}@tests.example`))).toEqual(names.map(() => 1));
  expect(executions).toHaveLength(names.length);
  // Otherwise no kill struck and the test shows nothing.
  const claims = await stage.db.prisma.execution.findMany({ select: { fence: true } });
  expect(claims.some(({ fence }) => fence > 1)).toBe(true);
}, 120_000);
