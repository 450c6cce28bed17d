import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { FlowDocument } from "#lib/flow/document.ts";
import type { Actor } from "../accounts/actor.ts";
import { deleteConnection } from "../connections/delete-connection.ts";
import { getExecution } from "../executions/get-execution.ts";
import { createFlow, updateFlow } from "../flows/edit-flow.ts";
import { deleteFlow, publishFlow, turnFlowOff, turnFlowOn } from "../flows/publish-flow.ts";
import { addToGroup, chainOf, createUser } from "./test-documents.ts";
import { FaultStage, type Pair } from "./test-fault-stage.ts";
import { violations } from "./test-violations.ts";
import type { TestWeb } from "./test-web.ts";

const owner: Actor = { kind: "user", id: "u1", name: "Ann", role: "owner" };
// Real processes on machines that are busy: the waits in it say what they wait for.
vi.setConfig({ testTimeout: 240_000 });
let stage: FaultStage;
let web: TestWeb;

beforeAll(async () => {
  stage = await FaultStage.open();
  web = await stage.startWeb();
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

/** A flow made, published and turned on as people do it. */
async function flowThatIsOn(document: FlowDocument) {
  const { id, revision } = await createFlow(owner, { document });
  await publishFlow(owner, id, { revision });
  return turnFlowOn(owner, id);
}

async function startedBy(pairs: Pair[]): Promise<number> {
  return stage.deliver(
    web,
    pairs.map((pair) => stage.eventAbout(pair)),
  );
}

/** Delivers one event and stops its run at the call that puts the user into the group. */
async function heldAtItsCall(): Promise<void> {
  stage.gate.holdAll("before", (method, path) => method === "PUT" && path.startsWith("/api/v1/groups/"));
  expect(await startedBy(await stage.pairs(1))).toBe(204);
  await stage.until("the call is held", async () => stage.gate.held === 1);
}

const pathsOf = async (flowId: string) =>
  (await stage.executionsOf(flowId)).map(({ status, steps }) => [status, ...steps.map(({ path }) => path)]);

test("a run that is under way keeps its version while another one is published", async () => {
  const flow = await flowThatIsOn(chainOf({ add: addToGroup, create: createUser }));
  await stage.startWorker();
  await heldAtItsCall();
  const document = chainOf({ add: addToGroup });
  const { revision } = await updateFlow(owner, flow.id, { revision: flow.revision, document });
  await publishFlow(owner, flow.id, { revision });
  stage.gate.release();
  expect(await startedBy(await stage.pairs(1))).toBe(204);
  expect(await violations(stage)).toEqual([]);
  expect(await pathsOf(flow.id)).toEqual([
    ["succeeded", "e", "add", "create"],
    ["succeeded", "e", "add"],
  ]);
});

test("a flow published 100 times has one listener, one hook at the org, and runs once per event", async () => {
  const flow = await flowThatIsOn(chainOf({ add: addToGroup }));
  for (let turn = 0; turn < 20; turn++) {
    // Five at once: they must not register a hook each.
    await Promise.all(
      Array.from({ length: 5 }, () => publishFlow(owner, flow.id, { revision: flow.revision })),
    );
  }
  const { db, sandbox } = stage.base;
  expect(await db.prisma.flowVersion.count({ where: { flowId: flow.id } })).toBe(101);
  expect(await db.prisma.flowListener.count({ where: { flowId: flow.id } })).toBe(1);
  const headers = { authorization: `SSWS ${sandbox.token}` };
  const hooks = await fetch(`${sandbox.url}/api/v1/eventHooks`, { headers });
  expect(await hooks.json()).toHaveLength(1);
  await stage.startWorker();
  expect(await startedBy(await stage.pairs(1))).toBe(204);
  expect(await violations(stage)).toEqual([]);
  expect(await pathsOf(flow.id)).toEqual([["succeeded", "e", "add"]]);
});

test("a flow that was turned off starts nothing more; what runs goes on", async () => {
  const flow = await flowThatIsOn(chainOf({ add: addToGroup }));
  await stage.startWorker();
  await heldAtItsCall();
  await turnFlowOff(owner, flow.id);
  expect(await startedBy(await stage.pairs(3))).toBe(204);
  stage.gate.release();
  expect(await violations(stage)).toEqual([]);
  expect(await pathsOf(flow.id)).toEqual([["succeeded", "e", "add"]]);
});

test("a connection is not deleted while a flow uses it; gone under a run, the run fails at its card and can be read", async () => {
  const { connectionId, db } = stage.base;
  await db.prisma.flow.updateMany({ data: { deletedAt: new Date() } });
  const flow = await flowThatIsOn(chainOf({ add: addToGroup, create: createUser }, "Leavers"));
  await stage.startWorker();
  await heldAtItsCall();
  await expect(deleteConnection(owner, connectionId)).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining('"Leavers"'),
  });
  // The flow is deleted, and then nothing keeps the connection: its run is still at its call.
  await deleteFlow(owner, flow.id);
  stage.answered.clear();
  await deleteConnection(owner, connectionId);
  // Workers read a connection's row again after two seconds.
  await sleep(2000);
  stage.gate.release();
  expect(await violations(stage)).toEqual([]);
  const [execution] = await stage.executionsOf(flow.id);
  // The token was revoked with the connection, so the call that was held is refused and changed nothing.
  expect(execution).toMatchObject({ status: "failed", error: { path: "add", code: "no-connection" } });
  const told = await getExecution(owner, execution?.id ?? "");
  expect(told.steps.map(({ path, status }) => [path, status])).toEqual([
    ["e", "succeeded"],
    ["add", "failed"],
  ]);
});
