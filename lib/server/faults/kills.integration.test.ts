import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { CardNode } from "#lib/flow/document.ts";
import { isJsonObject } from "#lib/flow/json.ts";
import type { Actor } from "../accounts/actor.ts";
import { retryExecution } from "../executions/retry-execution.ts";
import { addToGroup, chainOf, changeByCall, createUser, isChangeByCall } from "./test-documents.ts";
import { FaultStage } from "./test-fault-stage.ts";
import { violations } from "./test-violations.ts";
import type { TestWeb } from "./test-web.ts";

const owner: Actor = { kind: "user", id: "u1", name: "Ann", role: "owner" };
// Real processes on machines that are busy: the waits in it say what they wait for.
vi.setConfig({ testTimeout: 120_000 });
let stage: FaultStage;
let web: TestWeb;

beforeAll(async () => {
  stage = await FaultStage.open({ WORKER_CONCURRENCY: "125" });
  web = await stage.startWeb();
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

/** How often the change of the user of that name arrived at the org, whatever became of it. */
function changes(name: string): number {
  const { org, counters } = stage.base.sandbox;
  const user = [...org.users.all()].find(({ profile }) => profile.login === `${name}@tests.example`);
  return counters.json().writes.byPath[`POST /api/v1/users/${user?.id}`] ?? 0;
}

describe("a worker killed at a call that nobody can say may be repeated", () => {
  /** The write that is in doubt. */
  const about = { path: "change", attempt: 1 };
  /** Starts the flow, kills its worker while the call is held there, and lets another worker go on. */
  async function killedAtCall(where: "before" | "after", behind: Record<string, CardNode> = {}) {
    const flow = await stage.listen(chainOf({ create: createUser, change: changeByCall, ...behind }));
    const [pair] = await stage.pairs(1);
    if (!pair) throw new Error("There is no pair.");
    const worker = await stage.startWorker();
    stage.gate.holdAll(where, isChangeByCall);
    await stage.deliver(web, [stage.eventAbout(pair)]);
    await stage.until("the call is held", async () => stage.gate.held === 1);
    await worker.kill();
    await stage.until("its caller is gone", async () => stage.gate.gone === 1);
    stage.gate.release();
    await stage.startWorker();
    expect(await violations(stage)).toEqual([]);
    const [execution] = await stage.executionsOf(flow.id);
    if (!execution) throw new Error("There is no execution.");
    return { pair, execution };
  }
  const statusesOf = async (id: string) => {
    const { status, steps } = await stage.base.outcome(id);
    return [status, ...steps.map((step) => `${step.path} ${step.status}`)];
  };

  test("after it: the execution asks, sends nothing, and goes on when told that it happened", async () => {
    const { pair, execution } = await killedAtCall("after");
    expect(await statusesOf(execution.id)).toEqual([
      "attention",
      "e succeeded",
      "create succeeded",
      "change unknown",
    ]);
    expect(execution.error).toMatchObject({ code: "outcome-unknown", path: "change" });
    const change = execution.steps.find(({ path }) => path === "change");
    // What a person has to look for in the org, though nobody came to record more than the intent.
    expect(change?.exchanges).toMatchObject([
      {
        leaving: true,
        method: "POST",
        path: expect.stringMatching(/^\/api\/v1\/users\/\w+$/),
        requestBody: expect.stringContaining('"department"'),
      },
    ]);
    expect(changes(pair.name)).toBe(1);
    await retryExecution(owner, execution.id, { from: "failed", version: "same", tookEffect: true, about });
    expect(await stage.base.outcome(execution.id)).toMatchObject({ status: "succeeded", error: null });
    expect(changes(pair.name)).toBe(1);
    expect(await violations(stage)).toEqual([]);
  });

  test("after it: the card behind gets what the person gives in place of the answer nobody saw", async () => {
    const addAnswered: CardNode = {
      ...addToGroup,
      inputs: { ...addToGroup.inputs, user: { ref: ["change", "body", "id"] } },
    };
    const { pair, execution } = await killedAtCall("after", { addAnswered });
    const created = execution.steps.find(({ path }) => path === "create")?.outputs;
    const id = isJsonObject(created) ? created.id : undefined;
    const happened = { from: "failed", version: "same", tookEffect: true, about } as const;
    await expect(retryExecution(owner, execution.id, happened)).rejects.toMatchObject({
      code: "bad-request",
    });
    await retryExecution(owner, execution.id, { ...happened, outputs: { body: { id: `${id}` } } });
    const outcome = await stage.base.outcome(execution.id);
    expect(outcome).toMatchObject({ status: "succeeded", error: null });
    expect(outcome.steps.find(({ path }) => path === "change")).toMatchObject({
      status: "succeeded",
      settled: "person",
      settledBy: owner.name,
      outputs: { body: { id } },
    });
    expect(changes(pair.name)).toBe(1);
    expect(stage.base.applied(`PUT /api/v1/groups/${pair.group}/users/${id}`)).toBe(1);
    expect(await violations(stage)).toEqual([]);
  });

  test("before it: the execution asks as well, and sends it once when told that it did not happen", async () => {
    const { pair, execution } = await killedAtCall("before");
    expect((await statusesOf(execution.id))[0]).toBe("attention");
    expect(changes(pair.name)).toBe(0);
    await retryExecution(owner, execution.id, { from: "failed", version: "same", tookEffect: false, about });
    expect(await stage.base.outcome(execution.id)).toMatchObject({ status: "succeeded", error: null });
    expect(changes(pair.name)).toBe(1);
    expect(await violations(stage)).toEqual([]);
  });
});

test("all workers killed, each of them at all its calls, with 500 executions running: all end, nobody is created twice", async () => {
  const { db } = stage.base;
  const flow = await stage.listen(chainOf({ create: createUser, add: addToGroup }));
  const [first, ...pairs] = await stage.pairs(501);
  const workers = await Promise.all(Array.from({ length: 4 }, () => stage.startWorker()));
  // An org's limit is unknown until its first answer; until then one call at a time finds it out.
  expect(await stage.deliver(web, first ? [stage.eventAbout(first)] : [])).toBe(204);
  const ended = { flowId: flow.id, status: "succeeded" };
  await stage.until(
    "the limit is known",
    async () => (await db.prisma.execution.count({ where: ended })) === 1,
  );
  stage.gate.holdAll("after", (method, path) => method === "POST" && path.startsWith("/api/v1/users"));
  for (let from = 0; from < pairs.length; from += 50) {
    const events = pairs.slice(from, from + 50).map((pair) => stage.eventAbout(pair));
    expect(await stage.deliver(web, events)).toBe(204);
  }
  const atOnce = workers.length * Number(stage.base.environment.WORKER_CONCURRENCY);
  await stage.until("the workers are full", async () => stage.gate.held === atOnce);
  await Promise.all(workers.map((worker) => worker.kill()));
  await stage.until("all callers are gone", async () => stage.gate.gone === atOnce);
  stage.gate.release();
  await Promise.all([stage.startWorker(), stage.startWorker()]);
  expect(await violations(stage, { withinMs: 90_000 })).toEqual([]);
  const others = { flowId: flow.id, status: { not: "succeeded" } };
  const told = { status: true, reason: true, error: true } as const;
  expect(await db.prisma.execution.findMany({ where: others, select: told })).toEqual([]);
  expect(await db.prisma.execution.count({ where: ended })).toBe(501);
  expect(pairs.map(({ name }) => stage.base.usersCalled(`${name}@tests.example`))).toEqual(
    Array(500).fill(1),
  );
  // The users those calls had created were found by reading back, not created again.
  const found = { execution: { flowId: flow.id }, path: "create", status: "succeeded", settled: "readBack" };
  expect(await db.prisma.step.count({ where: found })).toBe(atOnce);
});
