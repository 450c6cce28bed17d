import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../../sandbox/server.ts";
import { addConnection, addFlow, openTestDatabase } from "../db/test-records.ts";
import { tokenAuthorizer } from "../okta/authorizer.ts";
import { createOktaClient } from "../okta/okta-http-client.ts";
import { Breaker, FAILURES_TO_OPEN, healthOf } from "./breaker.ts";
import { type CallGates, createCallGates } from "./call-gates.ts";

let db: Awaited<ReturnType<typeof openTestDatabase>>;
let sandbox: Sandbox;
const opened: CallGates[] = [];
beforeAll(async () => {
  [db, sandbox] = [await openTestDatabase(), await startSandbox()];
});
afterEach(async () => {
  sandbox.reset();
  await Promise.all(opened.splice(0).map((gates) => gates.close()));
});
afterAll(async () => {
  await sandbox.close();
  await db.drop();
});

/** A worker's way to the org. It reads the connection's row before each call, as a worker does every two seconds. */
function worker(id: string) {
  const gates = createCallGates(db);
  opened.push(gates);
  return async (path = "/api/v1/groups") => {
    const connection = await db.prisma.connection.findUniqueOrThrow({ where: { id } });
    const client = createOktaClient({
      orgUrl: sandbox.url,
      authorizer: tokenAuthorizer(sandbox.token),
      gate: gates.of(connection),
    });
    return client.request({ method: "GET", path });
  };
}
const failing = (fault: string, more: { next?: number; pathPrefix?: string } = {}) =>
  fetch(`${sandbox.url}/sandbox/faults`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ rules: [{ fault, ...more }] }),
  });
const rowOf = (id: string) => db.prisma.connection.findUniqueOrThrow({ where: { id } });
const isDown = (id: string, down: boolean) =>
  expect.poll(async () => (await rowOf(id)).downSince !== null, { timeout: 10_000 }).toBe(down);
const due = (id: string) =>
  db.pool.query("update connections set down_until = now() - interval '1 second' where id = $1", [id]);
const SENT_AWAY = { details: { kind: "rateLimited", code: "org-down" } };

test.each(["500", "502", "503", "reset-before"])(
  "an org that fails call after call (%s) is left alone by all workers",
  async (fault) => {
    const { id } = await addConnection(db, { orgUrl: sandbox.url });
    const [one, other] = [worker(id), worker(id)];
    await failing(fault);
    for (let i = 0; i < FAILURES_TO_OPEN; i++)
      await expect(one()).rejects.toMatchObject({ details: { kind: "unavailable" } });
    await isDown(id, true);
    await failing("latency");
    await expect(one()).rejects.toMatchObject(SENT_AWAY);
    await expect(other()).rejects.toMatchObject(SENT_AWAY);
  },
);

test("one worker asks the org; while it does not answer the pauses grow, and its answer opens the way for all", async () => {
  const { id } = await addConnection(db, { orgUrl: sandbox.url });
  const first = worker(id);
  await failing("503");
  for (let i = 0; i < FAILURES_TO_OPEN; i++) await expect(first()).rejects.toThrow();
  await isDown(id, true);
  await due(id);
  const many = Array.from({ length: 4 }, () => worker(id));
  const outcomes = await Promise.allSettled(many.map((call) => call()));
  const kinds = outcomes.map((outcome) =>
    outcome.status === "rejected" ? outcome.reason.details.kind : "sent",
  );
  expect(kinds.toSorted()).toEqual(Array(4).fill("rateLimited"));
  await expect.poll(async () => (await rowOf(id)).downTimes).toBe(2);
  const { downUntil } = await rowOf(id);
  expect((downUntil?.getTime() ?? 0) - Date.now()).toBeGreaterThan(5_000);

  const { id: flowId } = await addFlow(db);
  const later = new Date(Date.now() + 300_000);
  const waits = { flowId, mode: "live", status: "waiting", waitingUntil: later };
  const execution = await db.prisma.execution.create({ data: waits });
  const unrelated = await db.prisma.execution.create({ data: waits });
  const error = { code: "org-down", message: "Waiting.", data: { org: id } };
  const step = { path: "c", attempt: 1, status: "failed", startedAt: new Date() };
  await db.prisma.step.create({ data: { ...step, executionId: execution.id, error } });
  await db.prisma.step.create({
    data: { ...step, executionId: unrelated.id, error: { ...error, code: "budget-spent" } },
  });
  sandbox.reset();
  await due(id);
  expect((await worker(id)()).status).toBe(200);
  await isDown(id, false);
  expect(await rowOf(id)).toMatchObject({ downUntil: null, downTimes: 0, downReason: null });
  const woken = await db.prisma.execution.findUniqueOrThrow({ where: { id: execution.id } });
  expect(woken.waitingUntil?.getTime()).toBeLessThan(later.getTime());
  const asleep = await db.prisma.execution.findUniqueOrThrow({ where: { id: unrelated.id } });
  expect(asleep.waitingUntil).toEqual(later);
  const { rows } = await db.pool.query("select 1 from graphile_worker.jobs where key = $1", [
    `execution:${execution.id}`,
  ]);
  expect(rows).toHaveLength(1);
});

test.each(["500", "503"])(
  "an address that is broken (%s) is no outage, however often it fails",
  async (fault) => {
    const { id } = await addConnection(db, { orgUrl: sandbox.url });
    const call = worker(id);
    await failing(fault, { pathPrefix: "/api/v1/groups" });
    for (let i = 0; i < 3 * FAILURES_TO_OPEN; i++) await expect(call()).rejects.toThrow();
    expect((await rowOf(id)).downSince).toBeNull();
    expect((await call("/api/v1/apps")).status).toBe(200);
    await expect(call()).rejects.toMatchObject({ details: { kind: "unavailable" } });
  },
);

test("five failures of one address are followed by one question, whose answer decides", async () => {
  const { id } = await addConnection(db, { orgUrl: sandbox.url });
  let answer: string | undefined;
  let asked = 0;
  const breaker = new Breaker(db.pool, id, async () => {
    asked += 1;
    return answer;
  });
  const fails = async () => (await breaker.enter("GET /api/v1/groups"))({ down: "it answers 503" });
  for (let i = 0; i < 2 * FAILURES_TO_OPEN; i++) await fails();
  expect(asked).toBe(2);
  await fails();
  answer = "it does not answer";
  for (let i = 1; i < FAILURES_TO_OPEN; i++) await fails();
  await expect.poll(() => breaker.down).toBe(true);
  await expect(fails()).rejects.toMatchObject(SENT_AWAY);
  await isDown(id, true);
  expect((await rowOf(id)).downReason).toBe("it does not answer");
});

test("one failure is enough to ask where the others were sent away for it", async () => {
  const { id } = await addConnection(db, { orgUrl: sandbox.url });
  const breaker = new Breaker(db.pool, id, async () => "it does not answer");
  const tell = await breaker.enter("GET /api/v1/groups");
  tell({ down: "it does not answer" }, true);
  await isDown(id, true);
  await expect(breaker.enter("GET /api/v1/apps")).rejects.toMatchObject(SENT_AWAY);
});

test("of an org that hangs one call waits for the limit, the others for a few seconds, and that one is enough to ask", async () => {
  const { id } = await addConnection(db, { orgUrl: sandbox.url });
  const gates = createCallGates(db);
  opened.push(gates);
  const gate = gates.of(await rowOf(id));
  const groups = { method: "GET", path: "/api/v1/groups" } as const;
  const first = await gate.enter(groups);
  await expect(gate.enter(groups)).rejects.toMatchObject({ details: { code: "budget-spent" } });
  await expect(gate.enter(groups)).rejects.toThrow("the answer that tells the rate limit");
  await failing("reset-before");
  first.leave("no-answer", {});
  await isDown(id, true);
  await expect(gate.enter(groups)).rejects.toMatchObject(SENT_AWAY);
});

test("failures of two addresses are an outage without a question; of answers of 500 only the question tells", async () => {
  const { id } = await addConnection(db, { orgUrl: sandbox.url });
  const call = worker(id);
  const fail = async (times: number) => {
    for (let i = 0; i < times; i++)
      await expect(call(i % 2 ? "/api/v1/apps" : "/api/v1/groups")).rejects.toMatchObject({
        details: { kind: "unavailable" },
      });
  };
  // The rest of the org is well, the address of the question with it.
  await failing("500", { pathPrefix: "/api/v1" });
  await fail(3 * FAILURES_TO_OPEN);
  expect((await rowOf(id)).downSince).toBeNull();
  await failing("503", { pathPrefix: "/api/v1" });
  await fail(FAILURES_TO_OPEN);
  await isDown(id, true);
});

test("one 500 among failures of two addresses makes a question of them, and an answer ends what it was about", async () => {
  const { id } = await addConnection(db, { orgUrl: sandbox.url });
  let asked = 0;
  const breaker = new Breaker(db.pool, id, async () => {
    asked += 1;
    return undefined;
  });
  const tell = async (outcome: number, address: string) =>
    (await breaker.enter(`GET /api/v1/${address}`))(healthOf(outcome));
  await tell(500, "groups");
  for (let i = 1; i < FAILURES_TO_OPEN; i++) await tell(503, i % 2 ? "groups" : "apps");
  expect([asked, breaker.down]).toEqual([1, false]);
  await tell(500, "groups");
  await tell(200, "groups");
  for (let i = 0; i < FAILURES_TO_OPEN; i++) await tell(503, i % 2 ? "groups" : "apps");
  expect([asked, breaker.down]).toEqual([1, true]);
});

test("an org that is up again is not held for down because the first call meets a broken address", async () => {
  const { id } = await addConnection(db, { orgUrl: sandbox.url });
  const call = worker(id);
  await failing("503");
  for (let i = 0; i < FAILURES_TO_OPEN; i++) await expect(call()).rejects.toThrow();
  await isDown(id, true);
  await failing("503", { pathPrefix: "/api/v1/groups" });
  await due(id);
  await expect(worker(id)()).rejects.toMatchObject({ details: { kind: "unavailable" } });
  await isDown(id, false);
  expect((await worker(id)("/api/v1/apps")).status).toBe(200);
});

test("failures with answers between them, and refusals, are no outage", async () => {
  const { id } = await addConnection(db, { orgUrl: sandbox.url });
  const call = worker(id);
  for (let i = 0; i < 3; i++) {
    await failing("503", { next: FAILURES_TO_OPEN - 1 });
    for (let k = 1; k < FAILURES_TO_OPEN; k++) await expect(call()).rejects.toThrow();
    expect((await call()).status).toBe(200);
  }
  expect((await rowOf(id)).downSince).toBeNull();
});
