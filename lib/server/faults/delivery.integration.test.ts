import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { Backlog } from "#lib/api/backlog.ts";
import type { CardNode } from "#lib/flow/document.ts";
import type { JsonObject } from "#lib/flow/json.ts";
import type { Actor } from "../accounts/actor.ts";
import { getBacklog } from "../backlog/get-backlog.ts";
import { addFlow, documentOf } from "../db/test-records.ts";
import { listExecutions } from "../executions/list-executions.ts";
import { retryExecution } from "../executions/retry-execution.ts";
import { oktaDelivery } from "../intake/test-events.ts";
import { addToGroup, chainOf } from "./test-documents.ts";
import { FaultStage, type Pair } from "./test-fault-stage.ts";
import { violations } from "./test-violations.ts";
import type { TestWeb } from "./test-web.ts";

/** Another event type than that of the other flows of these tests. */
const QUIET = "user.session.start";
const owner: Actor = { kind: "user", id: "u1", name: "Ann", role: "owner" };
// Real processes on machines that are busy: the waits in it say what they wait for.
vi.setConfig({ testTimeout: 120_000 });
let stage: FaultStage;
let webs: [TestWeb, TestWeb];

beforeAll(async () => {
  stage = await FaultStage.open();
  webs = await Promise.all([stage.startWeb(), stage.startWeb()]);
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

const newEvents = async (count: number, changes: JsonObject[] = []) =>
  (await stage.pairs(count)).map((pair, index) => stage.eventAbout(pair, changes[index]));

const statusesOf = async (flowId: string) =>
  (await stage.executionsOf(flowId)).map(({ status }) => status).toSorted();

describe("the same delivery", () => {
  test("posted 20 times at once to two web processes runs each flow once, in two workers", async () => {
    await Promise.all([stage.startWorker(), stage.startWorker()]);
    const flows = await Promise.all([stage.listen(chainOf({ add: addToGroup })), stage.listen(chainOf({}))]);
    const events = await newEvents(3);
    const body = JSON.stringify(oktaDelivery(events));
    const answers = Array.from({ length: 20 }, (_, turn) =>
      stage.deliver(webs[turn % 2 ? 0 : 1], events, body),
    );
    expect(new Set(await Promise.all(answers))).toEqual(new Set([204]));
    expect(await violations(stage)).toEqual([]);
    for (const { id } of flows) expect(await statusesOf(id)).toEqual(Array(3).fill("succeeded"));
  });

  test("again under another eventId and in other company runs only what is new", async () => {
    await stage.startWorker();
    const flow = await stage.listen(chainOf({ add: addToGroup }));
    const events = await newEvents(5);
    for (const [from, to] of [
      [0, 3],
      [2, 5],
      [1, 4],
    ]) {
      expect(await stage.deliver(webs[0], events.slice(from, to))).toBe(204);
    }
    expect(await violations(stage)).toEqual([]);
    expect(await statusesOf(flow.id)).toEqual(Array(5).fill("succeeded"));
  });
});

test("of a batch of ten the third fails: nine run, and it alone is retried once the org is well", async () => {
  await stage.startWorker();
  const once = { ...addToGroup, onError: { retry: 0 } };
  const flow = await stage.listen(chainOf({ add: once }));
  const pairs = await stage.pairs(10);
  const third = `/api/v1/groups/${pairs[2]?.group}/users/${pairs[2]?.user}`;
  const refuse = { fault: "503", pathPrefix: third, ms: 0, concurrency: false, resetSeconds: 1 } as const;
  stage.base.sandbox.faults.set([refuse]);
  expect(
    await stage.deliver(
      webs[0],
      pairs.map((pair) => stage.eventAbout(pair)),
    ),
  ).toBe(204);
  expect(await violations(stage)).toEqual([]);
  const executions = await stage.executionsOf(flow.id);
  const failed = executions.filter(({ status }) => status === "failed");
  expect(failed).toHaveLength(1);
  expect(JSON.stringify(failed[0]?.event?.payload)).toContain(pairs[2]?.name);
  stage.base.sandbox.faults.set([]);
  await retryExecution(owner, failed[0]?.id ?? "", { from: "failed", version: "same" });
  expect(await violations(stage)).toEqual([]);
  expect(await statusesOf(flow.id)).toEqual(Array(10).fill("succeeded"));
  expect(
    pairs.map(({ group, user }) => stage.base.applied(`PUT /api/v1/groups/${group}/users/${user}`)),
  ).toEqual(Array(10).fill(1));
});

test("a deactivation that came before the earlier activation: both run, and the older one is marked late", async () => {
  await stage.startWorker();
  const flow = await stage.listen(chainOf({}));
  const [pair] = await stage.pairs(1);
  if (!pair) throw new Error("There is no pair.");
  for (const published of ["2026-05-01T10:00:05.000Z", "2026-05-01T10:00:00.000Z"]) {
    expect(await stage.deliver(webs[0], [stage.eventAbout(pair, { published })])).toBe(204);
  }
  expect(await violations(stage)).toEqual([]);
  const executions = await stage.executionsOf(flow.id);
  expect(
    executions.map(({ status, event }) => [event?.published.toISOString(), event?.late, status]),
  ).toEqual([
    ["2026-05-01T10:00:05.000Z", false, "succeeded"],
    ["2026-05-01T10:00:00.000Z", true, "succeeded"],
  ]);
});

test("in order per user: a later event waits for an earlier one, and one that comes late is run next and marked", async () => {
  const { gate, base } = stage;
  const document = { ...chainOf({ add: addToGroup }), settings: { order: "per-user" as const } };
  const flow = await stage.listen(document);
  // Each person of the org with one group after the other.
  const [first, other, warm, ...more] = await stage.pairs(300);
  const again = more.filter(({ user }) => user === first?.user);
  if (!first || !other || !warm) throw new Error("There are no pairs.");
  const at = (second: number) => ({ published: `2026-05-01T10:00:0${second}.000Z` });
  const arrive = async (second: number, pair: Pair) =>
    expect(await stage.deliver(webs[0], [stage.eventAbout(pair, at(second))])).toBe(204);
  const succeeded = (count: number) => async () =>
    (await base.db.prisma.execution.count({ where: { flowId: flow.id, status: "succeeded" } })) === count;
  await Promise.all([stage.startWorker(), stage.startWorker()]);
  // Until its first answer a rate limit lets one call through at a time, whomever it is about.
  await arrive(0, warm);
  await stage.until("the rate limit is known", succeeded(1));
  gate.holdAll("before", (method, path) => method === "PUT" && path.endsWith(`/users/${first.user}`));
  await arrive(5, first);
  await stage.until("the first call is under way", async () => gate.held === 1);
  // While the call of 10:00:05 is under way: a younger one, and two older ones that were late. Another person's is not held up.
  for (const second of [8, 1, 3]) await arrive(second, again.pop() ?? first);
  await arrive(9, other);
  const waiting = () => base.db.prisma.execution.count({ where: { flowId: flow.id, place: "line" } });
  await stage.until("three stand in line", async () => (await waiting()) === 3);
  await stage.until("the other person's ends", succeeded(2));
  gate.release();
  expect(await violations(stage)).toEqual([]);
  const executions = await stage.executionsOf(flow.id);
  const ofPerson = executions.filter(({ event }) => event?.about === first.user);
  const inOrder = ofPerson.toSorted((a, b) => Number(a.startedAt) - Number(b.startedAt));
  expect(inOrder.map(({ event }) => [event?.published.getUTCSeconds(), event?.late])).toEqual([
    [5, false],
    [1, true],
    [3, true],
    [8, false],
  ]);
  for (const [index, { startedAt }] of inOrder.entries())
    expect(Number(startedAt)).toBeGreaterThanOrEqual(Number(inOrder[index - 1]?.finishedAt ?? 0));
});

describe("5,000 events at once", () => {
  const EVENTS = 5_000;
  const CALLING = 300;
  const startsWith = (text: string): CardNode => ({
    card: "core.continueIf",
    v: 1,
    options: { operator: "startsWith" },
    inputs: { left: { ref: ["e", "group", "displayName"] }, right: { value: text } },
  });

  test("are all durable and run once; Okta refuses none, the backlog is told, and others go on", async () => {
    const { db, sandbox, connectionId } = stage.base;
    // The first are let through to a call, the others end before it: with a call each, the test would only take longer.
    const flow = await stage.listen(chainOf({ some: startsWith("call"), add: addToGroup }));
    const quiet = await addFlow(db, {
      document: documentOf({ cards: { e: { card: "okta.events.custom", v: 1, connection: "okta" } } }),
      listensTo: { connectionId, eventTypes: [QUIET] },
    });
    const pairs = (await stage.pairs(CALLING)).map((pair) => ({ ...pair, name: `call ${pair.name}` }));
    const events = Array.from({ length: EVENTS }, (_, index) => {
      const pair = pairs[index % CALLING];
      if (!pair) throw new Error("There are no pairs.");
      return stage.eventAbout(index < CALLING ? pair : { ...pair, name: `pass ${pair.name}` });
    });
    // Flows may make half of these calls: three windows for all, each used up at once.
    await fetch(`${sandbox.url}/sandbox/rate-limits`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        windowSeconds: 3,
        buckets: [{ id: "groups", prefix: "/api/v1/groups", limit: 200 }],
      }),
    });
    const portions = Array.from({ length: EVENTS / 20 }, (_, index) =>
      events.slice(index * 20, index * 20 + 20),
    );
    const send = async (web: TestWeb, until = 0) => {
      while (portions.length > until) {
        expect(await stage.deliver(web, portions.shift() ?? [])).toBe(204);
      }
    };
    /** Eight deliveries on their way at any time. */
    const sendAll = (until = 0) =>
      Promise.all(Array.from({ length: 8 }, (_, turn) => send(webs[turn % 2 ? 0 : 1], until)));
    const told: Backlog[] = [];
    // What an open page of executions asks, again and again.
    const look = async () => {
      const [page, backlog] = await Promise.all([
        listExecutions(owner, { limit: 100, flowId: flow.id }),
        getBacklog(owner, { flowId: flow.id }),
      ]);
      expect(page.items).toHaveLength(100);
      told.push(backlog);
      return backlog;
    };

    await sendAll(portions.length / 2);
    const { all, outlook } = await look();
    expect(all.ready).toBeGreaterThanOrEqual(EVENTS / 2 - 8 * 20);
    // The workers of the test before may not be taken for dead yet.
    expect(["no-worker", "unknown"]).toContain(outlook.kind);
    const unfinished = () =>
      db.prisma.execution.count({
        where: { flowId: flow.id, status: { in: ["queued", "running", "waiting"] } },
      });
    await Promise.all([stage.startWorker(), stage.startWorker(), sendAll()]);
    const lone = stage.eventAbout(pairs[0] ?? { user: "", group: "", name: "" }, { eventType: QUIET });
    expect(await stage.deliver(webs[0], [lone])).toBe(204);
    await stage.until("the other flow's event has run", async () => {
      const [execution] = await stage.executionsOf(quiet.id);
      return execution?.status === "succeeded";
    });
    expect(await unfinished()).toBeGreaterThan(0);
    const began = Date.now();
    while ((await look()).outlook.kind !== "clear") {
      if (Date.now() - began > 180_000) throw new Error(`In three minutes: ${JSON.stringify(told.at(-1))}`);
      await sleep(300);
    }
    expect(Math.max(...told.map(({ ofFlow }) => ofFlow?.okta ?? 0))).toBeGreaterThan(0);
    expect(told.some(({ outlook }) => outlook.kind === "done")).toBe(true);
    await stage.until("the workers have told what they ended", async () => {
      const told = await db.prisma.worker.findMany({ where: { lastEndedAt: { not: null } } });
      return told.some(({ ended }) => ended.some((count) => count > 0));
    });
    expect(await violations(stage)).toEqual([]);
    expect(stage.answered.size).toBeGreaterThan(EVENTS);
    const ended = { flowId: flow.id, status: "succeeded" };
    expect(await db.prisma.execution.count({ where: ended })).toBe(EVENTS);
    const applied = pairs.map(({ group, user }) =>
      stage.base.applied(`PUT /api/v1/groups/${group}/users/${user}`),
    );
    expect(applied.filter((times) => times !== 1)).toEqual([]);
    // Flows keep within their share of Okta's limits by themselves: it never has to refuse them a call.
    const refused = `select count(*)::int as calls from steps where exchanges @> '[{"status": 429}]'`;
    expect((await db.pool.query(refused)).rows).toEqual([{ calls: 0 }]);
    const violated = sandbox.org.log.records.filter(
      ({ eventType }) => eventType === "system.org.rate_limit.violation",
    );
    expect(violated).toEqual([]);
  }, 300_000);
});
