import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { FlowDocument } from "#lib/flow/document.ts";
import { addFlow, documentOf } from "../db/test-records.ts";
import { cancelExecution } from "../executions/cancel-execution.ts";
import { readLogEvent } from "../intake/log-event.ts";
import { receiveEvents } from "../intake/receive-events.ts";
import { oktaEvent } from "../intake/test-events.ts";
import { TestStage } from "./test-stage.ts";
import { TestWorker } from "./test-worker.ts";

/** Not "add", which the flow's own write causes: the org's log would bring that in and start the flow a second time. */
const REMOVED = "group.user_membership.remove";
let stage: TestStage;

beforeAll(async () => {
  stage = await TestStage.open();
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

/** Event, then two cards: add the user to a second group, and create a user. */
function flowWith(group: string, login: string): FlowDocument {
  const profile = { login, email: login, firstName: "Pat", lastName: "Doe" };
  return documentOf({
    name: "Leave",
    cards: {
      e: { card: "okta.groups.userRemoved", v: 1, connection: "okta" },
      add: {
        card: "okta.groups.addUser",
        v: 1,
        connection: "okta",
        inputs: { group: { value: group }, user: { ref: ["e", "user", "id"] } },
      },
      create: {
        card: "okta.users.create",
        v: 1,
        connection: "okta",
        inputs: { profile: { value: profile } },
      },
    },
    edges: [
      { from: "e", out: "next", to: "add" },
      { from: "add", out: "next", to: "create" },
    ],
  });
}

/** A flow of its own for each test, and an event that starts it. */
async function start() {
  const { org } = stage.sandbox;
  const [user] = [...org.users.all()];
  const name = `Group ${randomUUID()}`;
  const created = await fetch(`${stage.sandbox.url}/api/v1/groups`, {
    method: "POST",
    headers: { authorization: `SSWS ${stage.sandbox.token}`, "content-type": "application/json" },
    body: JSON.stringify({ profile: { name } }),
  });
  const group = ((await created.json()) as { id: string }).id;
  const login = `${randomUUID()}@tests.example`;
  const flow = await addFlow(stage.db, {
    document: flowWith(group, login),
    listensTo: { connectionId: stage.connectionId, eventTypes: [REMOVED] },
  });
  const event = readLogEvent(
    oktaEvent({
      eventType: REMOVED,
      target: [
        { id: user?.id ?? "", type: "User", alternateId: "ann@acme.example", displayName: "Ann Lee" },
        { id: group, type: "UserGroup", alternateId: "unknown", displayName: name },
      ],
    }),
  );
  await receiveEvents(stage.db.pool, { connectionId: stage.connectionId, source: "hook", events: [event] });
  const { id } = await stage.db.prisma.execution.findFirstOrThrow({ where: { flowId: flow.id } });
  return { id, login, membership: `PUT /api/v1/groups/${group}/users/${user?.id}` };
}

const stepsOf = ({ steps }: Awaited<ReturnType<TestStage["outcome"]>>) =>
  steps.map(({ path, attempt, status, settled }) =>
    [path, attempt, status, ...(settled ? [settled] : [])].join(" "),
  );

test("without a database a worker ends and says why", async () => {
  const starting = TestWorker.start({
    ...stage.environment,
    DATABASE_URL: "postgresql://flowdeck@127.0.0.1:1/x",
  });
  await expect(starting).rejects.toThrow("ECONNREFUSED");
});

test("an event runs its flow to the end", async () => {
  await stage.startWorker();
  const { id, login, membership } = await start();
  const execution = await stage.outcome(id);
  expect(execution.error).toBeNull();
  expect(stepsOf(execution)).toEqual(["e 1 succeeded", "add 1 succeeded", "create 1 succeeded"]);
  expect([stage.applied(membership), stage.usersCalled(login)]).toEqual([1, 1]);
});

test("killed before its call arrives: another worker makes the call, once", async () => {
  const first = await stage.startWorker();
  const atGate = stage.gate.hold("before", "PUT", /\/api\/v1\/groups\//);
  const { id, membership } = await start();
  await atGate;
  await first.kill();
  stage.gate.release();
  await stage.startWorker();
  const execution = await stage.outcome(id);
  expect(stepsOf(execution)).toEqual([
    "e 1 succeeded",
    "add 1 unknown",
    "add 2 succeeded",
    "create 1 succeeded",
  ]);
  expect(stage.applied(membership)).toBe(1);
});

test("killed after a membership was set: it is set again, which changes nothing", async () => {
  const first = await stage.startWorker();
  const atGate = stage.gate.hold("after", "PUT", /\/api\/v1\/groups\//);
  const { id, membership, login } = await start();
  await atGate;
  await first.kill();
  await stage.startWorker();
  const execution = await stage.outcome(id);
  expect(stepsOf(execution)).toEqual([
    "e 1 succeeded",
    "add 1 unknown",
    "add 2 succeeded",
    "create 1 succeeded",
  ]);
  expect([stage.applied(membership), stage.usersCalled(login)]).toEqual([2, 1]);
});

test("killed after a user was created: the user is found by reading back, and created once", async () => {
  const first = await stage.startWorker();
  const atGate = stage.gate.hold("after", "POST", /^\/api\/v1\/users(\?|$)/);
  const { id, login, membership } = await start();
  await atGate;
  const before = stage.sandbox.counters.json().writes.byPath["POST /api/v1/users"];
  await first.kill();
  await stage.startWorker();
  const execution = await stage.outcome(id);
  expect(execution.status).toBe("succeeded");
  expect(stepsOf(execution)).toEqual(["e 1 succeeded", "add 1 succeeded", "create 1 succeeded readBack"]);
  expect([stage.applied(membership), stage.usersCalled(login)]).toEqual([1, 1]);
  expect(stage.sandbox.counters.json().writes.byPath["POST /api/v1/users"]).toBe(before);
});

test("a living worker takes over from a killed one within seconds", async () => {
  const first = await stage.startWorker();
  const atGate = stage.gate.hold("before", "PUT", /\/api\/v1\/groups\//);
  const { id } = await start();
  await atGate;
  await stage.startWorker();
  const killed = Date.now();
  await first.kill();
  stage.gate.release();
  expect((await stage.outcome(id)).status).toBe("succeeded");
  // The promise is 30 s; the wait is one sweep and one look at the queue.
  expect(Date.now() - killed).toBeLessThan(15_000);
});

test("asked to stop, a worker finishes its card and hands the rest on", async () => {
  const first = await stage.startWorker();
  const atGate = stage.gate.hold("after", "PUT", /\/api\/v1\/groups\//);
  const { id, membership } = await start();
  await atGate;
  first.signal("SIGTERM");
  await sleep(300);
  stage.gate.release();
  expect(await first.ended()).toBe(0);
  const handedOn = await stage.db.prisma.execution.findUniqueOrThrow({
    where: { id },
    include: { steps: true },
  });
  expect(handedOn.status).toBe("waiting");
  expect(await stage.db.prisma.worker.count()).toBe(0);
  await stage.startWorker();
  expect(stepsOf(await stage.outcome(id))).toEqual([
    "e 1 succeeded",
    "add 1 succeeded",
    "create 1 succeeded",
  ]);
  expect(stage.applied(membership)).toBe(1);
});

test("a worker hears that an execution is to be cancelled, and stops before the next card", async () => {
  await stage.startWorker();
  const atGate = stage.gate.hold("before", "PUT", /\/api\/v1\/groups\//);
  const { id, login, membership } = await start();
  await atGate;
  await cancelExecution({ kind: "user", id: "u1", name: "Ann", role: "owner" }, id);
  // The worker is told by the database, in its own time.
  await sleep(500);
  stage.gate.release();
  expect((await stage.outcome(id)).status).toBe("cancelled");
  expect([stage.applied(membership), stage.usersCalled(login)]).toEqual([1, 0]);
});

test("a frozen worker is taken over from, and ends when it finds out", async () => {
  const first = await stage.startWorker();
  const atGate = stage.gate.hold("before", "PUT", /\/api\/v1\/groups\//);
  const { id, login } = await start();
  await atGate;
  first.signal("SIGSTOP");
  await stage.startWorker();
  const execution = await stage.outcome(id, 50_000);
  const steps = stepsOf(execution);
  expect(execution.status).toBe("succeeded");
  first.signal("SIGCONT");
  stage.gate.release();
  expect(await first.ended()).toBe(1);
  expect(stepsOf(await stage.outcome(id))).toEqual(steps);
  expect(stage.usersCalled(login)).toBe(1);
}, 90_000);

test("a worker whose connections are cut ends, and another goes on with its executions", async () => {
  const first = await stage.startWorker();
  const atGate = stage.gate.hold("before", "PUT", /\/api\/v1\/groups\//);
  const { id } = await start();
  await atGate;
  await stage.db.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name like 'flowdeck-worker-lease:%' and datname = current_database()`,
  );
  expect(await first.ended()).toBe(1);
  stage.gate.release();
  await stage.startWorker();
  expect((await stage.outcome(id)).status).toBe("succeeded");
});
