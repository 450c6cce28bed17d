import { afterAll, beforeAll, expect, it } from "vitest";
import type { FlowSettings } from "#lib/flow/settings.ts";
import { registry } from "#lib/registry.ts";
import type { Actor } from "../accounts/actor.ts";
import { addFlow, documentOf, openTestDatabase } from "../db/test-records.ts";
import { retryExecution } from "../executions/retry-execution.ts";
import { resumeFlow } from "../flows/pause-flow.ts";
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

/** A flow that suspends whom its event is about, twice, with so many executions queued. */
async function queued(settings: FlowSettings, count: number) {
  const document = documentOf({
    cards: {
      e: { card: "okta.users.created", v: 1, connection: "okta" },
      a: suspend("e"),
      b: suspend("e"),
    },
    edges: [
      { from: "e", out: "next", to: "a" },
      { from: "a", out: "next", to: "b" },
    ],
    settings,
  });
  const { id, versionId } = await addFlow(db, { document });
  const trigger = { target: [{ id: "00u1", type: "User", alternateId: "ann@acme.example" }] };
  const data = Array.from({ length: count }, () => ({ flowId: id, versionId, mode: "live", trigger }));
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
    pausedReason: expect.stringContaining("made 5 writes"),
  });
  // Their turn comes while the flow is paused: they are kept back, and nothing more is sent.
  await runAll();
  expect(org.calls).toHaveLength(5);
  expect(await statusesOf(id)).not.toContain("failed");

  await resumeFlow(owner, id);
  await runAll();
  expect(await statusesOf(id)).toEqual(Array(4).fill("succeeded"));
  expect(org.calls).toHaveLength(8);
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
