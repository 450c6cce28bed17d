import { afterAll, beforeAll, expect, it } from "vitest";
import { CardError } from "#lib/cards/errors.ts";
import type { FlowDocument } from "#lib/flow/document.ts";
import type { FlowSettings } from "#lib/flow/settings.ts";
import { registry } from "#lib/registry.ts";
import type { Actor } from "../accounts/actor.ts";
import { addFlow, documentOf, openTestDatabase } from "../db/test-records.ts";
import { getExecution } from "../executions/get-execution.ts";
import { log } from "../log.ts";
import { MAX_CALLS_DEEP } from "./call-flow.ts";
import { createExecutor } from "./run-execution.ts";
import { TestOrg } from "./test-org.ts";

const owner: Actor = { kind: "user", id: "1", name: "Ann", role: "owner" };
let db: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  log.level = "silent";
  db = await openTestDatabase();
});
afterAll(() => db.drop());

/** Every call of a card is refused. */
const org = new TestOrg();
org.answer = () => {
  throw new CardError("Not found: 00u1 (User)", { kind: "refused", code: "E0000007", status: 404 });
};
const { connections } = org;

/** Suspends whom its event is about, which fails; `flow` is called then. */
function failing(
  flow: string | undefined,
  parts: { start?: string; card?: string; settings?: FlowSettings } = {},
) {
  const { start = "okta.users.created", card = "okta.users.suspend", settings } = parts;
  const cards: FlowDocument["cards"] = {
    e: { card: start, v: 1, ...(start.startsWith("okta") ? { connection: "okta" } : {}) },
    a: {
      card,
      v: 1,
      title: "Suspend the leaver",
      connection: "okta",
      inputs: { user: { value: "00u1" } },
      onError: { retry: 0, after: "call", ...(flow === undefined ? {} : { flow }) },
    },
  };
  return documentOf({ name: "Leavers", cards, edges: [{ from: "e", out: "next", to: "a" }], settings });
}

const telling = documentOf({ name: "Tell IT", cards: { e: { card: "core.cardFailed", v: 1 } } });

async function flowOf(document: FlowDocument, on = true) {
  const flow = await addFlow(db, { document });
  await db.prisma.flow.update({ where: { id: flow.id }, data: { on } });
  return flow;
}

async function queue(flow: { id: string; versionId: string }, mode = "live") {
  const trigger = { target: [{ id: "00u1", type: "User", alternateId: "ann@acme.example" }] };
  const data = { flowId: flow.id, versionId: flow.versionId, mode, trigger, subject: "ann@acme.example" };
  return (await db.prisma.execution.create({ data })).id;
}

const run = (id: string) => createExecutor({ database: db, registry, connections }).run(id);
const callsOf = (flow: { id: string }) => db.prisma.execution.findMany({ where: { flowId: flow.id } });

it("starts the called flow in the statement that ends the failed execution, and tells it who, what and why", async () => {
  const called = await flowOf(telling);
  const id = await queue(await flowOf(failing(called.id)));
  await run(id);

  const [started, ...more] = await callsOf(called);
  expect(more).toEqual([]);
  expect(started).toMatchObject({ status: "queued", mode: "live", calledById: id, callDepth: 1 });
  const { rows } = await db.pool.query("select payload from graphile_worker._private_jobs where key = $1", [
    `execution:${started?.id}`,
  ]);
  expect(rows).toEqual([{ payload: { executionId: started?.id } }]);

  await run(started?.id ?? "");
  const view = await getExecution(owner, started?.id ?? "");
  expect(view).toMatchObject({
    status: "succeeded",
    eventType: "core.cardFailed",
    calledBy: { id, flowName: "Leavers" },
  });
  expect(view.steps[0]?.outputs).toMatchObject({
    flow: { name: "Leavers" },
    execution: id,
    card: "Suspend the leaver",
    failure: { message: "Not found: 00u1 (User)", code: "E0000007", status: 404 },
    subject: "ann@acme.example",
  });
  const failed = await getExecution(owner, id);
  expect(failed).toMatchObject({
    status: "failed",
    calls: [{ id: started?.id, flowName: "Tell IT" }],
    notCalled: null,
  });
});

it("calls also where the failed execution keeps no values", async () => {
  const called = await flowOf(telling);
  await run(await queue(await flowOf(failing(called.id, { settings: { keep: "never" } }))));
  expect(await callsOf(called)).toHaveLength(1);
});

it.each(["test", "plan"])("calls nothing from a %s", async (mode) => {
  const called = await flowOf(telling);
  // A card that reads: a plan sends no write that could fail.
  const id = await queue(await flowOf(failing(called.id, { card: "okta.users.read" })), mode);
  const executor = createExecutor({
    database: db,
    registry,
    connections: { ...connections, holdsWrites: true },
  });
  await executor.run(id);
  expect(await callsOf(called)).toEqual([]);
  expect(await getExecution(owner, id)).toMatchObject({ status: "failed", notCalled: null });
});

it("says what was not called because it is off, gone or starts otherwise", async () => {
  const off = await flowOf(telling, false);
  const other = await flowOf(documentOf({ name: "Welcome", cards: {} }));
  const gone = await flowOf(telling);
  await db.prisma.flow.update({ where: { id: gone.id }, data: { deletedAt: new Date() } });
  for (const [called, flowName, why] of [
    [off, "Tell IT", "off"],
    [other, "Welcome", "start"],
    [gone, "Tell IT", "deleted"],
  ] as const) {
    const id = await queue(await flowOf(failing(called.id)));
    await run(id);
    expect(await callsOf(called)).toEqual([]);
    expect(await getExecution(owner, id)).toMatchObject({ status: "failed", notCalled: { flowName, why } });
  }
});

it("ends a circle of flows that call each other", async () => {
  const first = await flowOf(failing(undefined, { start: "core.cardFailed" }));
  const second = await flowOf(failing(first.id, { start: "core.cardFailed" }));
  await db.prisma.flowVersion.update({
    where: { id: first.versionId },
    data: { document: failing(second.id, { start: "core.cardFailed" }) },
  });
  let next: string | undefined = await queue(first);
  const ran: string[] = [];
  while (next !== undefined) {
    ran.push(next);
    await run(next);
    next = (await db.prisma.execution.findFirst({ where: { calledById: next } }))?.id;
  }
  expect(ran).toHaveLength(MAX_CALLS_DEEP + 1);
  expect(await getExecution(owner, ran.at(-1) ?? "")).toMatchObject({
    notCalled: { flowName: "Leavers", why: "circle" },
  });
});
