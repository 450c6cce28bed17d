import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { JsonObject } from "#lib/flow/json.ts";
import type { Actor } from "../accounts/actor.ts";
import { retryExecution } from "../executions/retry-execution.ts";
import { oktaDelivery } from "../intake/test-events.ts";
import { addToGroup, chainOf } from "./test-documents.ts";
import { FaultStage, type Pair } from "./test-fault-stage.ts";
import { violations } from "./test-violations.ts";
import type { TestWeb } from "./test-web.ts";

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

test("1,000 events as fast as two web processes take them: all durable, all run, one membership each", async () => {
  const flow = await stage.listen(chainOf({ add: addToGroup }));
  const pairs = await stage.pairs(1000);
  const events = pairs.map((pair) => stage.eventAbout(pair));
  const portions = Array.from({ length: 50 }, (_, index) => events.slice(index * 20, index * 20 + 20));
  await Promise.all([stage.startWorker(), stage.startWorker()]);
  const send = async (web: TestWeb) => {
    for (let portion = portions.pop(); portion; portion = portions.pop()) {
      expect(await stage.deliver(web, portion)).toBe(204);
    }
  };
  // Eight deliveries on their way at any time, while the workers are at it.
  await Promise.all(Array.from({ length: 8 }, (_, turn) => send(webs[turn % 2 ? 0 : 1])));
  expect(await violations(stage, { withinMs: 90_000 })).toEqual([]);
  const { db } = stage.base;
  expect(await db.prisma.execution.count({ where: { flowId: flow.id, status: "succeeded" } })).toBe(1000);
  const applied = pairs.map(({ group, user }) =>
    stage.base.applied(`PUT /api/v1/groups/${group}/users/${user}`),
  );
  expect(applied.filter((times) => times !== 1)).toEqual([]);
  // Flows keep within their share of Okta's limits by themselves: it never has to refuse them a call.
  const refused = `select count(*)::int as calls from steps where exchanges @> '[{"status": 429}]'`;
  expect((await db.pool.query(refused)).rows).toEqual([{ calls: 0 }]);
});
