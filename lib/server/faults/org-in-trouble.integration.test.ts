import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { FaultRule } from "../../../sandbox/control/faults.ts";
import { addToGroup, chainOf, changeEventsUser, createUser } from "./test-documents.ts";
import { FaultStage, type Pair } from "./test-fault-stage.ts";
import { violations } from "./test-violations.ts";
import type { TestWeb } from "./test-web.ts";

// Real processes on machines that are busy: the waits in it say what they wait for.
vi.setConfig({ testTimeout: 120_000 });
let stage: FaultStage;
let web: TestWeb;

beforeAll(async () => {
  stage = await FaultStage.open();
  web = await stage.startWeb();
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

const TROUBLES = ["500", "503", "reset-before", "reset-after", "truncate"] as const;
const rule = (changes: Partial<FaultRule> & Pick<FaultRule, "fault">): FaultRule => ({
  ms: 0,
  concurrency: false,
  resetSeconds: 1,
  ...changes,
});
const membership = ({ group, user }: Pair) => `/api/v1/groups/${group}/users/${user}`;

async function deliver(pairs: Pair[]): Promise<void> {
  const events = pairs.map((pair) => stage.eventAbout(pair));
  expect(await stage.deliver(web, events)).toBe(204);
}

/** Ends of a flow's executions, in the order of their pairs. */
async function endsOf(flowId: string, pairs: Pair[]): Promise<(string | undefined)[]> {
  const executions = await stage.executionsOf(flowId);
  return pairs.map(({ name }) => executions.find(({ subject }) => subject?.includes(name))?.status);
}

describe("an org that fails once", () => {
  test("is asked again for what may be repeated, however it failed", async () => {
    await stage.startWorker();
    const flow = await stage.listen(chainOf({ add: addToGroup }));
    const pairs = await stage.pairs(TROUBLES.length);
    stage.base.sandbox.faults.set(
      pairs.map((pair, index) =>
        rule({ fault: TROUBLES[index] ?? "500", next: 1, pathPrefix: membership(pair) }),
      ),
    );
    await deliver(pairs);
    expect(await violations(stage)).toEqual([]);
    expect(await endsOf(flow.id, pairs)).toEqual(pairs.map(() => "succeeded"));
    const applied = pairs.map((pair) => stage.base.applied(`PUT ${membership(pair)}`));
    // Only where the change was made and the connection broke is it made again, which changes nothing.
    expect(applied).toEqual([1, 1, 1, 2, 1]);
  });

  test("is read back before a user is created again: there is one, however it failed", async () => {
    await stage.startWorker();
    const flow = await stage.listen(chainOf({ create: createUser }));
    for (const fault of TROUBLES) {
      const pairs = await stage.pairs(1);
      stage.base.sandbox.faults.set([rule({ fault, next: 1, method: "POST", pathPrefix: "/api/v1/users" })]);
      await deliver(pairs);
      expect(await violations(stage)).toEqual([]);
      expect(await endsOf(flow.id, pairs)).toEqual(["succeeded"]);
      expect(stage.base.usersCalled(`${pairs[0]?.name}@tests.example`)).toBe(1);
    }
  });

  test("is not asked again for what nobody may repeat: each such call is made once, and a person is asked", async () => {
    await stage.startWorker();
    const flow = await stage.listen(chainOf({ change: changeEventsUser }));
    const pairs = await stage.pairs(TROUBLES.length);
    stage.base.sandbox.faults.set(
      pairs.map(({ user }, index) =>
        rule({ fault: TROUBLES[index] ?? "500", method: "POST", pathPrefix: `/api/v1/users/${user}` }),
      ),
    );
    await deliver(pairs);
    expect(await violations(stage)).toEqual([]);
    expect(await endsOf(flow.id, pairs)).toEqual(pairs.map(() => "attention"));
    const { byPath } = stage.base.sandbox.counters.json().writes;
    expect(pairs.map(({ user }) => byPath[`POST /api/v1/users/${user}`])).toEqual(pairs.map(() => 1));
  });
});

test("an org that fails each time is given up after its retries, with its own code, and nobody else waits", async () => {
  await stage.startWorker();
  const failing = await stage.listen(chainOf({ add: { ...addToGroup, onError: { retry: 1 } } }));
  const pairs = await stage.pairs(2);
  const [bad] = pairs;
  if (!bad) throw new Error("There is no pair.");
  stage.base.sandbox.faults.set([rule({ fault: "503", pathPrefix: membership(bad) })]);
  await deliver(pairs);
  expect(await violations(stage)).toEqual([]);
  expect(await endsOf(failing.id, pairs)).toEqual(["failed", "succeeded"]);
  const executions = await stage.executionsOf(failing.id);
  expect(executions.find(({ status }) => status === "failed")?.error).toMatchObject({
    kind: "unavailable",
    code: "E0000181",
    status: 503,
    path: "add",
  });
});

describe("429", () => {
  /** When a waiting execution goes on, in seconds from now, by the clock of the database. */
  async function secondsLeft(flowId: string, { name }: Pair): Promise<number | undefined> {
    const { rows } = await stage.base.db.pool.query<{ left: number | null }>(
      `select extract(epoch from waiting_until - now())::float8 as left from executions
       where flow_id = $1 and subject like '%' || $2 || '%' and status = 'waiting'`,
      [flowId, name],
    );
    return rows[0]?.left ?? undefined;
  }

  test.each([
    ["right", 0],
    ["ten minutes ahead", 600_000],
    ["ten minutes behind", -600_000],
  ])("is waited out by Okta's clock while the worker's is %s", async (_what, offset) => {
    const preload = new URL("./test-clock-offset.ts", import.meta.url).href;
    await stage.startWorker({ NODE_OPTIONS: `--import=${preload}`, CLOCK_OFFSET_MS: String(offset) });
    const flow = await stage.listen(chainOf({ add: addToGroup }));
    const [limited, crowded, past, free] = await stage.pairs(4);
    if (!limited || !crowded || !past || !free) throw new Error("There are no pairs.");
    stage.base.sandbox.faults.set([
      rule({ fault: "429", next: 1, resetSeconds: 4, pathPrefix: membership(limited) }),
      rule({ fault: "429", next: 1, concurrency: true, pathPrefix: membership(crowded) }),
      rule({ fault: "429", next: 1, resetSeconds: 0, pathPrefix: membership(past) }),
    ]);
    await deliver([limited, crowded, past, free]);
    let left: number | undefined;
    await stage.until("the execution waits", async () => {
      left = await secondsLeft(flow.id, limited);
      return left !== undefined;
    });
    // The reset, a second more because Date has whole ones, and up to a second of spreading.
    expect(left).toBeLessThan(8);
    expect(left).toBeGreaterThan(0);
    expect(await violations(stage)).toEqual([]);
    const ends = await endsOf(flow.id, [limited, crowded, past, free]);
    expect(ends).toEqual(Array(4).fill("succeeded"));
    const executions = await stage.executionsOf(flow.id);
    const attempts = executions.map(({ steps }) => steps.filter(({ path }) => path === "add").length);
    expect(attempts.toSorted()).toEqual([1, 2, 2, 2]);
  });
});
