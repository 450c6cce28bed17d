import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { startPortion } from "../bulk/start-portion.ts";
import { addFlow, documentOf } from "../db/test-records.ts";
import { TestStage } from "../executor/test-stage.ts";
import { TestWorker } from "../executor/test-worker.ts";
import { violations } from "../faults/test-violations.ts";
import { readLogEvent } from "../intake/log-event.ts";
import { receiveEvents } from "../intake/receive-events.ts";
import { oktaEvent } from "../intake/test-events.ts";

const WORKER = "lib/server/queue/test-poison-worker.ts";
let stage: TestStage;
let supervised: ReturnType<typeof supervise> | undefined;

beforeAll(async () => {
  stage = await TestStage.open();
});
afterEach(async () => {
  await supervised?.stop();
  supervised = undefined;
  await stage.clear();
});
afterAll(() => stage.close());

/**
 * Starts a worker, and another one whenever it ends, as a supervisor does.
 *
 * @param more of the workers' environment
 */
function supervise(more: Record<string, string> = {}) {
  let over = false;
  let deaths = 0;
  let current: TestWorker | undefined;
  const workers: TestWorker[] = [];
  const running = (async () => {
    while (!over) {
      // One may be taken down before it says that it is ready.
      current = await TestWorker.start({ ...stage.environment, ...more }, WORKER).catch(() => undefined);
      if (current) workers.push(current);
      if (over) break;
      await current?.ended();
      if (!over) deaths += 1;
    }
    await current?.kill();
  })();
  return {
    workers,
    deaths: () => deaths,
    stop: async () => {
      over = true;
      current?.signal("SIGKILL");
      await running;
    },
  };
}

const e = { card: "okta.groups.userAdded", v: 1, connection: "okta" };
const listening = (parts: Parameters<typeof documentOf>[0]) =>
  addFlow(stage.db, {
    document: documentOf(parts),
    listensTo: { connectionId: stage.connectionId, eventTypes: ["group.user_membership.add"] },
  });
const poisoned = (how: string) =>
  listening({
    cards: { e, p: { card: "test.poison", v: 1, inputs: { how: { value: how } } } },
    edges: [{ from: "e", out: "next", to: "p" }],
  });
/** Uuids of the events that were taken in. */
const answered = new Set<string>();
async function arrive(count: number): Promise<void> {
  const events = Array.from({ length: count }, () => readLogEvent(oktaEvent()));
  await receiveEvents(stage.db.pool, { connectionId: stage.connectionId, source: "hook", events });
  for (const { uuid } of events) answered.add(uuid);
}
const executionsOf = (flowId: string) =>
  stage.db.prisma.execution.findMany({ where: { flowId }, orderBy: { createdAt: "asc" } });

/** Enough for a worker. Collecting in vain may take V8 longer than the watchdog of these tests waits. */
const SMALL_HEAP = { NODE_OPTIONS: "--max-old-space-size=128", WATCHDOG_MS: "15000" };
const OUT_OF_MEMORY = /heap out of memory|Reached heap limit/;

test("one that waits beside a hundred that take their worker down is not blamed, and their flow stands still soon", async () => {
  const flow = await poisoned("die");
  const innocent = await listening({
    cards: {
      e,
      read: { card: "okta.users.read", v: 1, connection: "okta", inputs: { user: { value: "00uANY" } } },
    },
    edges: [{ from: "e", out: "next", to: "read" }],
  });
  let holding = true;
  const hold = (): Promise<void> =>
    stage.gate.hold("before", "GET", /users/).then(() => {
      if (holding) return hold();
      setImmediate(() => stage.gate.release());
    });
  hold();
  await arrive(1);
  await stage.db.prisma.flow.update({ where: { id: innocent.id }, data: { on: false } });
  await arrive(100);
  supervised = supervise({ POISON_CONCURRENCY: "16" });
  const flowOf = (id: string) => stage.db.prisma.flow.findUniqueOrThrow({ where: { id } });
  await vi.waitFor(async () => expect(await flowOf(flow.id)).toMatchObject({ pausedKind: "quarantine" }), {
    timeout: 60_000,
    interval: 100,
  });
  const guilty = (await executionsOf(flow.id)).filter(({ status }) => status === "failed");
  expect(guilty).toMatchObject([{ crashes: 4, error: { code: "took-workers-down" } }]);
  // Sixteen at a time, struck twice before they run alone, a hundred took down fourteen.
  expect(supervised.deaths()).toBeLessThan(8);
  const [waiting] = await executionsOf(innocent.id);
  expect(waiting?.crashes).toBeLessThan(3);
  holding = false;
  stage.gate.release();
  // The org knows no such user: that is for the card to say.
  const outcome = await stage.outcome(waiting?.id ?? "", 60_000);
  expect(outcome.error).toMatchObject({ code: "E0000007" });
  expect(await flowOf(innocent.id)).toMatchObject({ pausedKind: null, suspect: false });
}, 120_000);

test.each([
  { how: "hang", environment: {}, abortions: 0 },
  // Two workers, and the third one's processes.
  { how: "use up its memory", environment: SMALL_HEAP, abortions: 3 },
])(
  "a flow whose card makes its worker $how is put into quarantine, and all others go on",
  async ({ how, environment, abortions }) => {
    const flow = await poisoned(how);
    const sound = await listening({ cards: { e } });
    await arrive(1);
    const [execution] = await executionsOf(flow.id);
    supervised = supervise(environment);
    const ended = await stage.outcome(execution?.id ?? "", 90_000);
    expect(ended).toMatchObject({ status: "failed", crashes: 4, error: { code: "took-workers-down" } });
    expect(supervised.deaths()).toBe(2);
    const aborted = () =>
      supervised?.workers.filter(({ output }) => OUT_OF_MEMORY.test(output.join("\n"))).length;
    // The last lines of a process may come after its end.
    await expect.poll(aborted).toBe(abortions);
    expect(await stage.db.prisma.flow.findUniqueOrThrow({ where: { id: flow.id } })).toMatchObject({
      on: true,
      pausedKind: "quarantine",
    });
    expect(await stage.db.prisma.alarm.findMany({ where: { objectId: flow.id } })).toMatchObject([
      {
        kind: "flow-quarantined",
        message: expect.stringContaining("took down four processes, the last two of which ran nothing else"),
      },
    ]);
    // What happens from now on: the quarantined flow keeps its events, its neighbour runs for them.
    await arrive(3);
    const runs = await Promise.all((await executionsOf(sound.id)).map(({ id }) => stage.outcome(id)));
    expect(runs.map(({ status }) => status)).toEqual(Array(4).fill("succeeded"));
    const kept = (await executionsOf(flow.id)).slice(1);
    expect(kept.map(({ status, held }) => ({ status, held }))).toEqual(
      Array(3).fill({ status: "waiting", held: true }),
    );
    expect(supervised.deaths()).toBe(2);
    const { workers } = supervised;
    const { FLOWDECK_SECRET_KEY = "", BETTER_AUTH_SECRET = "" } = stage.environment;
    const secrets = [stage.sandbox.token, FLOWDECK_SECRET_KEY, BETTER_AUTH_SECRET];
    const output = workers.map((worker) => worker.output);
    expect(await violations({ base: stage, answered, output, secrets, workers })).toEqual([]);
  },
  120_000,
);

test("a replay whose card takes workers down is put into quarantine too, and its run is stopped", async () => {
  const flow = await poisoned("die");
  await stage.db.prisma.flow.update({
    where: { id: flow.id },
    data: { pausedAt: new Date(), pausedKind: "person" },
  });
  await arrive(50);
  const events = await stage.db.prisma.event.findMany({ orderBy: { published: "asc" } });
  const options = { flowId: flow.id, versionId: flow.versionId, document: null, mode: "replay" };
  const run = await stage.db.prisma.bulkRun.create({
    data: {
      id: crypto.randomUUID(),
      kind: "replay",
      title: "Replay",
      options,
      total: events.length,
      createdBy: "Ann",
    },
  });
  await stage.db.prisma.bulkRow.createMany({
    data: events.map(({ id }, position) => ({ bulkId: run.id, position, label: "", inputs: { event: id } })),
  });
  await stage.db.prisma.$transaction((tx) => startPortion(tx, run.id));
  const replays = () =>
    stage.db.prisma.execution.findMany({ where: { bulkId: run.id }, orderBy: { crashes: "desc" } });
  supervised = supervise();
  await vi.waitFor(
    async () => {
      const open = (await replays()).filter(({ status }) => status !== "failed" && status !== "cancelled");
      expect(open).toEqual([]);
    },
    { timeout: 150_000, interval: 200 },
  );
  const ended = await replays();
  expect(ended).toHaveLength(40);
  expect(ended[0]).toMatchObject({ status: "failed", crashes: 4, error: { code: "took-workers-down" } });
  // A worker of four runs two of them alone at a time.
  expect(ended.filter(({ status }) => status === "failed").length).toBeLessThan(3);
  // All forty, four at a time, each four struck twice, were 20 deaths. A busy machine starts a few more before it sees the first.
  expect(supervised.deaths()).toBeLessThan(16);
  expect(await stage.db.prisma.flow.findUniqueOrThrow({ where: { id: flow.id } })).toMatchObject({
    pausedKind: "quarantine",
  });
  expect(await stage.db.prisma.alarm.findMany({ where: { objectId: flow.id } })).toMatchObject([
    { kind: "flow-quarantined" },
  ]);
  expect(await stage.db.prisma.bulkRun.findUniqueOrThrow({ where: { id: run.id } })).toMatchObject({
    status: "stopped",
  });
  const left = await stage.db.prisma.bulkRow.findMany({ where: { bulkId: run.id, executionId: null } });
  // The events of the tests before are replayed with those of this one.
  expect(left).toHaveLength(events.length - 40);
  expect(left.every(({ problem }) => problem?.includes("took down worker after worker"))).toBe(true);
}, 180_000);
