import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { FlowDocument } from "#lib/flow/document.ts";
import { type Sandbox, startSandbox } from "../../../sandbox/server.ts";
import { sealCredentials } from "../connections/credentials.ts";
import { addFlow, documentOf, useTestDatabase } from "../db/test-records.ts";
import { cancelExecution } from "../executions/cancel-execution.ts";
import { readLogEvent } from "../intake/log-event.ts";
import { receiveEvents } from "../intake/receive-events.ts";
import { oktaEvent } from "../intake/test-events.ts";
import { log } from "../log.ts";
import { TestGate } from "./test-gate.ts";
import { TestWorker } from "./test-worker.ts";

const ADDED = "group.user_membership.add";
let db: Awaited<ReturnType<typeof useTestDatabase>>;
let sandbox: Sandbox;
let gate: TestGate;
let environment: Record<string, string>;
let connectionId: string;
const workers: TestWorker[] = [];

beforeAll(async () => {
  log.level = "silent";
  db = await useTestDatabase();
  sandbox = await startSandbox();
  gate = await TestGate.open(sandbox.url);
  environment = {
    DATABASE_URL: db.url,
    FLOWDECK_SECRET_KEY: Buffer.alloc(32, 7).toString("base64"),
    BETTER_AUTH_SECRET: "a".repeat(32),
    FLOWDECK_ALLOW_LOOPBACK_ORGS: "true",
    WORKER_CONCURRENCY: "8",
  };
  Object.assign(process.env, environment);
  connectionId = randomUUID();
  await db.prisma.connection.create({
    data: {
      id: connectionId,
      alias: "okta",
      connector: "okta",
      name: "Sandbox",
      orgUrl: gate.url,
      ...sealCredentials(connectionId, { kind: "apiToken", token: sandbox.token }),
      intake: "hook",
      endpointId: randomUUID(),
      createdBy: "test",
    },
  });
});
afterEach(async () => {
  gate.release();
  await Promise.all(workers.splice(0).map((worker) => worker.kill()));
  // Each test starts its own flows only.
  await db.prisma.flow.updateMany({ data: { on: false } });
});
afterAll(async () => {
  gate.close();
  await sandbox.close();
  await db.drop();
});

async function startWorker(): Promise<TestWorker> {
  const worker = await TestWorker.start(environment);
  workers.push(worker);
  return worker;
}

/** Event, then two cards: add the user to a second group, and create a user. */
function flowWith(group: string, login: string): FlowDocument {
  const profile = { login, email: login, firstName: "Pat", lastName: "Doe" };
  return documentOf({
    name: "Join",
    cards: {
      e: { card: "okta.groups.userAdded", v: 1, connection: "okta" },
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
  const { org } = sandbox;
  const [user] = [...org.users.all()];
  const name = `Group ${randomUUID()}`;
  const created = await fetch(`${sandbox.url}/api/v1/groups`, {
    method: "POST",
    headers: { authorization: `SSWS ${sandbox.token}`, "content-type": "application/json" },
    body: JSON.stringify({ profile: { name } }),
  });
  const group = ((await created.json()) as { id: string }).id;
  const login = `${randomUUID()}@tests.example`;
  const flow = await addFlow(db, {
    document: flowWith(group, login),
    listensTo: { connectionId, eventTypes: [ADDED] },
  });
  const event = readLogEvent(
    oktaEvent({
      target: [
        { id: user?.id ?? "", type: "User", alternateId: "ann@acme.example", displayName: "Ann Lee" },
        { id: group, type: "UserGroup", alternateId: "unknown", displayName: name },
      ],
    }),
  );
  await receiveEvents(db.pool, { connectionId, source: "hook", events: [event] });
  const { id } = await db.prisma.execution.findFirstOrThrow({ where: { flowId: flow.id } });
  return { id, login, membership: `PUT /api/v1/groups/${group}/users/${user?.id}` };
}

const applied = (what: string) => sandbox.counters.json().applied.byPath[what] ?? 0;
const usersCalled = (login: string) =>
  [...sandbox.org.users.all()].filter((user) => user.profile.login === login).length;

/** The execution once it has ended, with its steps. */
async function outcome(id: string, withinMs = 25_000) {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const execution = await db.prisma.execution.findUniqueOrThrow({
      where: { id },
      include: { steps: { orderBy: { sequence: "asc" } } },
    });
    if (["succeeded", "failed", "cancelled", "attention"].includes(execution.status)) return execution;
    if (Date.now() > deadline)
      throw new Error(`Execution still ${execution.status}: ${JSON.stringify(execution.steps)}`);
    await sleep(50);
  }
}

const stepsOf = ({ steps }: Awaited<ReturnType<typeof outcome>>) =>
  steps.map(({ path, attempt, status, settled }) =>
    [path, attempt, status, ...(settled ? [settled] : [])].join(" "),
  );

test("without a database a worker ends and says why", async () => {
  const starting = TestWorker.start({ ...environment, DATABASE_URL: "postgresql://flowdeck@127.0.0.1:1/x" });
  await expect(starting).rejects.toThrow("ECONNREFUSED");
});

test("an event runs its flow to the end", async () => {
  await startWorker();
  const { id, login, membership } = await start();
  const execution = await outcome(id);
  expect(execution.error).toBeNull();
  expect(stepsOf(execution)).toEqual(["e 1 succeeded", "add 1 succeeded", "create 1 succeeded"]);
  expect([applied(membership), usersCalled(login)]).toEqual([1, 1]);
});

test("killed before its call arrives: another worker makes the call, once", async () => {
  const first = await startWorker();
  const atGate = gate.hold("before", "PUT", /\/api\/v1\/groups\//);
  const { id, membership } = await start();
  await atGate;
  await first.kill();
  gate.release();
  await startWorker();
  const execution = await outcome(id);
  expect(stepsOf(execution)).toEqual([
    "e 1 succeeded",
    "add 1 unknown",
    "add 2 succeeded",
    "create 1 succeeded",
  ]);
  expect(applied(membership)).toBe(1);
});

test("killed after a membership was set: it is set again, which changes nothing", async () => {
  const first = await startWorker();
  const atGate = gate.hold("after", "PUT", /\/api\/v1\/groups\//);
  const { id, membership, login } = await start();
  await atGate;
  await first.kill();
  await startWorker();
  const execution = await outcome(id);
  expect(stepsOf(execution)).toEqual([
    "e 1 succeeded",
    "add 1 unknown",
    "add 2 succeeded",
    "create 1 succeeded",
  ]);
  expect([applied(membership), usersCalled(login)]).toEqual([2, 1]);
});

test("killed after a user was created: the user is found by reading back, and created once", async () => {
  const first = await startWorker();
  const atGate = gate.hold("after", "POST", /^\/api\/v1\/users(\?|$)/);
  const { id, login, membership } = await start();
  await atGate;
  const before = sandbox.counters.json().writes.byPath["POST /api/v1/users"];
  await first.kill();
  await startWorker();
  const execution = await outcome(id);
  expect(execution.status).toBe("succeeded");
  expect(stepsOf(execution)).toEqual(["e 1 succeeded", "add 1 succeeded", "create 1 succeeded readBack"]);
  expect([applied(membership), usersCalled(login)]).toEqual([1, 1]);
  expect(sandbox.counters.json().writes.byPath["POST /api/v1/users"]).toBe(before);
});

test("a living worker takes over from a killed one within seconds", async () => {
  const first = await startWorker();
  const atGate = gate.hold("before", "PUT", /\/api\/v1\/groups\//);
  const { id } = await start();
  await atGate;
  await startWorker();
  const killed = Date.now();
  await first.kill();
  gate.release();
  expect((await outcome(id)).status).toBe("succeeded");
  // The promise is 30 s; the wait is one sweep and one look at the queue.
  expect(Date.now() - killed).toBeLessThan(15_000);
});

test("asked to stop, a worker finishes its card and hands the rest on", async () => {
  const first = await startWorker();
  const atGate = gate.hold("after", "PUT", /\/api\/v1\/groups\//);
  const { id, membership } = await start();
  await atGate;
  first.signal("SIGTERM");
  await sleep(300);
  gate.release();
  expect(await first.ended()).toBe(0);
  const handedOn = await db.prisma.execution.findUniqueOrThrow({ where: { id }, include: { steps: true } });
  expect(handedOn.status).toBe("waiting");
  expect(await db.prisma.worker.count()).toBe(0);
  await startWorker();
  expect(stepsOf(await outcome(id))).toEqual(["e 1 succeeded", "add 1 succeeded", "create 1 succeeded"]);
  expect(applied(membership)).toBe(1);
});

test("a worker hears that an execution is to be cancelled, and stops before the next card", async () => {
  await startWorker();
  const atGate = gate.hold("before", "PUT", /\/api\/v1\/groups\//);
  const { id, login, membership } = await start();
  await atGate;
  await cancelExecution({ kind: "user", id: "u1", name: "Ann", role: "owner" }, id);
  // The worker is told by the database, in its own time.
  await sleep(500);
  gate.release();
  expect((await outcome(id)).status).toBe("cancelled");
  expect([applied(membership), usersCalled(login)]).toEqual([1, 0]);
});

test("a frozen worker is taken over from, and ends when it finds out", async () => {
  const first = await startWorker();
  const atGate = gate.hold("before", "PUT", /\/api\/v1\/groups\//);
  const { id, login } = await start();
  await atGate;
  first.signal("SIGSTOP");
  await startWorker();
  const execution = await outcome(id, 50_000);
  const steps = stepsOf(execution);
  expect(execution.status).toBe("succeeded");
  first.signal("SIGCONT");
  gate.release();
  expect(await first.ended()).toBe(1);
  expect(stepsOf(await outcome(id))).toEqual(steps);
  expect(usersCalled(login)).toBe(1);
}, 90_000);

test("a worker whose connections are cut ends, and another goes on with its executions", async () => {
  const first = await startWorker();
  const atGate = gate.hold("before", "PUT", /\/api\/v1\/groups\//);
  const { id } = await start();
  await atGate;
  await db.pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'flowdeck-worker-lease'",
  );
  expect(await first.ended()).toBe(1);
  gate.release();
  await startWorker();
  expect((await outcome(id)).status).toBe("succeeded");
});
