import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { Actor } from "../accounts/actor.ts";
import { retryExecution } from "../executions/retry-execution.ts";
import { chainOf, createUser, deleteUser } from "./test-documents.ts";
import { FaultStage, type Pair } from "./test-fault-stage.ts";
import { violations } from "./test-violations.ts";
import type { TestWeb } from "./test-web.ts";

// Real processes on machines that are busy: the waits in it say what they wait for.
vi.setConfig({ testTimeout: 120_000 });
const owner: Actor = { kind: "user", id: "u1", name: "Ann", role: "owner" };
let stage: FaultStage;
let web: TestWeb;

beforeAll(async () => {
  // As it is set out of the box: the tests do not wait for it, they move the clock's hand (see `aMinuteLater`).
  stage = await FaultStage.open({ CALL_UNDER_WAY_SECONDS: "60" });
  web = await stage.startWeb();
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

interface Late {
  pair: Pair;
  /** Ids of the executions that create and delete a user. */
  creates: string;
  deletes: string;
}

/** Kills a worker at its calls, which the org goes on with; another one looks and does not find them done. */
async function killedWhileUnderWay(): Promise<Late> {
  const flows = [
    await stage.listen(chainOf({ write: createUser })),
    await stage.listen(chainOf({ write: deleteUser })),
  ];
  // Not the first person of the org: the connection's token is hers, and goes when she is deactivated.
  const [, pair] = await stage.pairs(2);
  if (!pair) throw new Error("There is no pair.");
  const worker = await stage.startWorker();
  stage.gate.holdAll("before", (method, path) => method !== "GET" && path.startsWith("/api/v1/users"));
  await stage.deliver(web, [stage.eventAbout(pair)]);
  await stage.until("the calls are held", async () => stage.gate.held === 2);
  await Promise.all([worker.kill(), stage.startWorker()]);
  await stage.until("their caller is gone", async () => stage.gate.gone === 2);
  const [creates = "", deletes = ""] = await Promise.all(flows.map(({ id }) => looked(id)));
  return { pair, creates, deletes };
}

/** The flow's execution, once somebody has looked for its write and left the worker. */
async function looked(flowId: string): Promise<string> {
  const { prisma } = stage.base.db;
  const where = { flowId, status: "waiting", steps: { some: { path: "write", status: "unknown" } } };
  await stage.until("somebody has looked", async () => (await prisma.execution.count({ where })) === 1);
  const { id, reason } = await prisma.execution.findFirstOrThrow({ where });
  expect(reason).toContain("it may still be under way");
  return id;
}

/** What the executions did was a minute earlier, and their wait is over. */
async function aMinuteLater({ creates, deletes }: Late): Promise<void> {
  const { pool } = stage.base.db;
  const ids = [creates, deletes];
  await pool.query(
    "update steps set intended_at = intended_at - interval '1 minute' where execution_id = any($1) and path = 'write'",
    [ids],
  );
  await pool.query("update executions set waiting_until = now() where id = any($1)", [ids]);
  await pool.query("update graphile_worker._private_jobs set run_at = now() where key = any($1)", [
    ids.map((id) => `execution:${id}`),
  ]);
}

async function outcomeOf(id: string) {
  const { status, steps } = await stage.base.outcome(id);
  return [status, ...steps.slice(1).map((step) => [step.status, step.settled])];
}

async function expectOneUserAndOneDeletion({ pair }: Late): Promise<void> {
  expect(stage.base.usersCalled(`${pair.name}@tests.example`)).toBe(1);
  // A second one would have deleted the user for good.
  expect(stage.base.applied(`DELETE /api/v1/users/${pair.user}`)).toBe(1);
  expect(stage.base.sandbox.org.users.byId(pair.user)?.status).toBe("DEPROVISIONED");
  expect(await violations(stage)).toEqual([]);
}

test("calls the org is still at when they are looked for are not sent again: found done later, or a person is asked", async () => {
  const late = await killedWhileUnderWay();
  await stage.gate.arriveLate(() => 0);
  await aMinuteLater(late);
  expect(await outcomeOf(late.creates)).toEqual(["succeeded", ["succeeded", "readBack"]]);
  expect(await outcomeOf(late.deletes)).toEqual(["attention", ["unknown", null]]);
  await expectOneUserAndOneDeletion(late);
});

test("calls that arrive later than any should: what was sent again is refused and the first adopted; a deletion waits for a person", async () => {
  const late = await killedWhileUnderWay();
  await aMinuteLater(late);
  await stage.until("the creation is sent again", async () => stage.gate.held === 3);
  expect(await outcomeOf(late.deletes)).toEqual(["attention", ["unknown", null]]);
  await stage.gate.arriveLate(() => 0);
  stage.gate.release();
  expect(await outcomeOf(late.creates)).toEqual([
    "succeeded",
    ["failed", "readBack"],
    ["succeeded", "readBack"],
  ]);
  await expectOneUserAndOneDeletion(late);
  // Looking can't tell by whom the user was deactivated, now as before: the person's word is taken, and sent once.
  const about = { path: "write", attempt: 1 };
  await retryExecution(owner, late.deletes, { from: "failed", version: "same", tookEffect: false, about });
  expect(await outcomeOf(late.deletes)).toEqual(["succeeded", ["failed", "person"], ["succeeded", null]]);
  expect(stage.base.sandbox.org.users.byId(late.pair.user)).toBeUndefined();
});
