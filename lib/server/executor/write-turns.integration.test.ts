import { afterAll, beforeAll, expect, it } from "vitest";
import { LostClaimError } from "#lib/engine/ports.ts";
import type { CardNode } from "#lib/flow/document.ts";
import type { FlowSettings } from "#lib/flow/settings.ts";
import { registry } from "#lib/registry.ts";
import type { Actor } from "../accounts/actor.ts";
import { addFlow, documentOf, openTestDatabase } from "../db/test-records.ts";
import { retryExecution } from "../executions/retry-execution.ts";
import { resumeFlow } from "../flows/pause-flow.ts";
import { PAUSED } from "../flows/paused.ts";
import { log } from "../log.ts";
import { createExecutor } from "./run-execution.ts";
import { TestOrg } from "./test-org.ts";

const owner: Actor = { kind: "user", id: "1", name: "Ann", role: "owner" };
let db: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  log.level = "silent";
  db = await openTestDatabase();
});
afterAll(() => db.drop());

const suspend = (after: string) => ({
  card: "okta.users.suspend",
  v: 1,
  connection: "okta",
  inputs: { user: { ref: [after, "user", "id"] as [string, ...string[]] } },
});

/** Adds whom the event is about to five groups, in one card. */
const joinFive = () => ({
  card: "okta.groups.addUserToMultiple",
  v: 1,
  connection: "okta",
  inputs: {
    groups: { value: ["00g1", "00g2", "00g3", "00g4", "00g5"] },
    user: { ref: ["e", "user", "id"] as [string, ...string[]] },
  },
});

/** A flow that writes to whom its event is about, twice, with so many executions queued. */
async function queued(
  settings: FlowSettings,
  count: number,
  { a = suspend("e"), mode = "live" }: { a?: CardNode; mode?: "live" | "replay" } = {},
) {
  const document = documentOf({
    cards: { e: { card: "okta.users.created", v: 1, connection: "okta" }, a, b: suspend("e") },
    edges: [
      { from: "e", out: "next", to: "a" },
      { from: "a", out: "next", to: "b" },
    ],
    settings,
  });
  const { id, versionId } = await addFlow(db, { document });
  const trigger = { target: [{ id: "00u1", type: "User", alternateId: "ann@acme.example" }] };
  const data = Array.from({ length: count }, () => ({ flowId: id, versionId, mode, trigger }));
  const executions = await db.prisma.execution.createManyAndReturn({ data });
  return { id, executions: executions.map((execution) => execution.id) };
}

const statusesOf = async (flowId: string) =>
  (await db.prisma.execution.findMany({ where: { flowId } })).map(({ status }) => status).toSorted();

it("pauses a flow before the write too many of an hour, whichever workers make them, and goes on when it is resumed", async () => {
  const { id, executions } = await queued({ writesPerHour: 5 }, 4);
  const org = new TestOrg();
  const worker = () => createExecutor({ database: db, registry, connections: org.connections });
  const workers = [worker(), worker()];
  const runAll = () => Promise.all(executions.map((execution, index) => workers[index % 2]?.run(execution)));
  await runAll();
  expect(org.calls).toHaveLength(5);
  const flow = await db.prisma.flow.findUniqueOrThrow({ where: { id } });
  expect(flow).toMatchObject({
    pausedKind: "writes",
    pausedReason: expect.stringContaining("has used up the 5 writes an hour it may make without approval"),
  });
  // Their turn comes while the flow is paused: they are kept back, and nothing more is sent.
  await runAll();
  expect(org.calls).toHaveLength(5);
  expect(await statusesOf(id)).not.toContain("failed");
  const waiting = await db.prisma.execution.findMany({ where: { flowId: id, held: true } });
  expect(new Set(waiting.map(({ reason }) => reason))).toEqual(new Set([PAUSED.writes]));

  await resumeFlow(owner, id);
  await runAll();
  expect(await statusesOf(id)).toEqual(Array(4).fill("succeeded"));
  expect(org.calls).toHaveLength(8);
});

it("makes no more after an approval than an hour allows, and tells of each pause until it is resumed", async () => {
  const { id, executions } = await queued({ writesPerHour: 4 }, 5);
  const [, , third = ""] = executions;
  const org = new TestOrg();
  const { run } = createExecutor({ database: db, registry, connections: org.connections });
  const open = () => db.prisma.alarm.findMany({ where: { objectId: id, closedAt: null } });
  const alarm = {
    kind: "flow-writes",
    message: expect.stringContaining("was paused. It has used up the 4 writes an hour"),
  };
  for (const execution of executions.slice(0, 3)) await run(execution);
  expect(org.calls).toHaveLength(4);
  expect(await open()).toMatchObject([alarm]);
  await resumeFlow(owner, id);
  expect(await open()).toEqual([]);
  // Others are before the one whose write was refused.
  for (const execution of executions.slice(3)) await run(execution);
  await run(third);
  expect(org.calls).toHaveLength(8);
  expect(await open()).toMatchObject([alarm]);
  await resumeFlow(owner, id);
  await run(third);
  expect(await statusesOf(id)).toEqual(Array(5).fill("succeeded"));
  expect(org.calls).toHaveLength(10);
});

it("asks a person before the write too many of an execution, and makes it once he says so", async () => {
  const { id, executions } = await queued({ writesPerExecution: 1 }, 1);
  const [execution = ""] = executions;
  const org = new TestOrg();
  const { run } = createExecutor({ database: db, registry, connections: org.connections });
  await run(execution);
  expect(await statusesOf(id)).toEqual(["attention"]);
  expect(org.calls).toHaveLength(1);
  const found = await db.prisma.execution.findUniqueOrThrow({ where: { id: execution } });
  expect(found.error).toMatchObject({ code: "write-limit", path: "b" });
  await retryExecution(owner, execution, { from: "failed", version: "same", tookEffect: false });
  await run(execution);
  expect(await statusesOf(id)).toEqual(["succeeded"]);
  expect(org.calls).toHaveLength(2);
});

it("counts the calls of a card, not the card: five are not made where one is allowed, until a person approves", async () => {
  const { id, executions } = await queued({ writesPerExecution: 1 }, 1, { a: joinFive() });
  const [execution = ""] = executions;
  const org = new TestOrg();
  const { run } = createExecutor({ database: db, registry, connections: org.connections });
  await run(execution);
  expect(await statusesOf(id)).toEqual(["attention"]);
  expect(org.calls).toHaveLength(0);
  const found = await db.prisma.execution.findUniqueOrThrow({ where: { id: execution } });
  expect(found.error).toMatchObject({
    code: "write-limit",
    path: "a",
    message: expect.stringContaining("5 writes"),
  });
  await retryExecution(owner, execution, { from: "failed", version: "same", tookEffect: false });
  await run(execution);
  expect(await statusesOf(id)).toEqual(["succeeded"]);
  expect(org.calls).toHaveLength(6);
});

it.each(["live", "replay"] as const)(
  "pauses a flow before a card with more writes than an hour allows (%s), and makes them when it is resumed",
  async (mode) => {
    const { id, executions } = await queued({ writesPerHour: 2 }, 1, { a: joinFive(), mode });
    const [execution = ""] = executions;
    const org = new TestOrg();
    const { run } = createExecutor({ database: db, registry, connections: org.connections });
    const flow = () => db.prisma.flow.findUniqueOrThrow({ where: { id } });
    await run(execution);
    expect(org.calls).toHaveLength(0);
    expect(await flow()).toMatchObject({
      pausedKind: "writes",
      pausedReason: expect.stringContaining("a card that makes 5"),
    });
    // The claim keeps it back, replay or not.
    await run(execution);
    expect(await db.prisma.execution.findUniqueOrThrow({ where: { id: execution } })).toMatchObject({
      status: "waiting",
      held: true,
    });
    await resumeFlow(owner, id);
    await run(execution);
    // The five were approved; they are more than the two of the fresh hour, so the sixth asks anew.
    expect(org.calls).toHaveLength(5);
    expect((await flow()).pausedKind).toBe("writes");
    await run(execution);
    await resumeFlow(owner, id);
    await run(execution);
    expect(await statusesOf(id)).toEqual(["succeeded"]);
    expect(org.calls).toHaveLength(6);
  },
);

it("counts a card's calls once when a worker is followed by another", async () => {
  const { id, executions } = await queued({ writesPerHour: 6 }, 1, { a: joinFive() });
  const [execution = ""] = executions;
  const org = new TestOrg();
  org.answer = () => {
    throw new LostClaimError("Taken over.");
  };
  const { run } = createExecutor({ database: db, registry, connections: org.connections });
  await run(execution).catch(() => undefined);
  org.answer = new TestOrg().answer;
  await db.prisma.execution.update({ where: { id: execution }, data: { status: "queued" } });
  await run(execution);
  expect(await db.prisma.eventCount.count({ where: { flowId: id } })).toBe(6);
});

it("stops replays at the writes an hour allows, counted together with those of events", async () => {
  const live = await queued({ writesPerHour: 3 }, 1);
  const flow = await db.prisma.flow.findUniqueOrThrow({ where: { id: live.id } });
  const first = await db.prisma.execution.findUniqueOrThrow({ where: { id: live.executions[0] ?? "" } });
  const replays = await db.prisma.execution.createManyAndReturn({
    data: Array.from({ length: 3 }, () => ({
      flowId: live.id,
      versionId: flow.liveVersionId,
      mode: "replay",
      trigger: first.trigger ?? {},
    })),
  });
  const org = new TestOrg();
  const { run } = createExecutor({ database: db, registry, connections: org.connections });
  for (const id of [...live.executions, ...replays.map((replay) => replay.id)]) await run(id);
  expect(org.calls).toHaveLength(3);
  expect(await db.prisma.flow.findUniqueOrThrow({ where: { id: live.id } })).toMatchObject({
    pausedKind: "writes",
  });
});

it("asks nothing of the database about flows that set no limit", async () => {
  const { executions } = await queued({}, 1);
  await createExecutor({ database: db, registry, connections: new TestOrg().connections }).run(
    executions[0] ?? "",
  );
  expect(
    await db.prisma.eventCount.count({
      where: { key: { contains: "writes" }, flow: { executions: { some: { id: executions[0] } } } },
    }),
  ).toBe(0);
});
