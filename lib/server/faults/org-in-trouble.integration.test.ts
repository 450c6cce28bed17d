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

const TROUBLES = ["500", "502", "503", "reset-before", "reset-after", "truncate"] as const;
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
    expect(applied).toEqual([1, 1, 1, 1, 2, 1]);
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
  expect(await violations(stage, { withinMs: 100_000 })).toEqual([]);
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
  /** Notes each wait as it is recorded: to look while an execution waits would miss it on a machine that stalls. */
  const NOTE_WAITS = `
    create table noted_waits (execution_id uuid, seconds float8);
    create function note_wait() returns trigger language plpgsql as $$ begin
      insert into noted_waits values (new.id, extract(epoch from new.waiting_until - now()));
      return new;
    end $$;
    create trigger note_wait after update on executions for each row
      when (new.status = 'waiting') execute function note_wait()`;

  /** How long the executions of a flow were to wait, in seconds from when that was recorded, by the database's clock. */
  async function waitsOf(flowId: string): Promise<number[]> {
    const { rows } = await stage.base.db.pool.query<{ seconds: number }>(
      "select w.seconds from noted_waits w join executions e on e.id = w.execution_id where e.flow_id = $1",
      [flowId],
    );
    return rows.map(({ seconds }) => seconds);
  }

  beforeAll(async () => {
    await stage.base.db.pool.query(NOTE_WAITS);
  });

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
      rule({ fault: "429", next: 1, resetSeconds: 2, pathPrefix: membership(limited) }),
      rule({ fault: "429", next: 1, concurrency: true, pathPrefix: membership(crowded) }),
      rule({ fault: "429", next: 1, resetSeconds: 0, pathPrefix: membership(past) }),
    ]);
    await deliver([limited, crowded, past, free]);
    expect(await violations(stage)).toEqual([]);
    const ends = await endsOf(flow.id, [limited, crowded, past, free]);
    expect(ends).toEqual(Array(4).fill("succeeded"));
    const executions = await stage.executionsOf(flow.id);
    const attempts = executions.map(({ steps }) => steps.filter(({ path }) => path === "add").length);
    expect(attempts.toSorted()).toEqual([1, 2, 2, 2]);
    // Two seconds to the reset, one because Date has whole ones, up to one of spreading. By the worker's own clock it
    // would be ten minutes more or less.
    const waits = await waitsOf(flow.id);
    expect(waits).toHaveLength(3);
    expect(waits.filter((seconds) => seconds < -30 || seconds > 30)).toEqual([]);
  });
});
