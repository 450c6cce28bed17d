import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { addConnection } from "../db/test-records.ts";
import { readLogEvent } from "../intake/log-event.ts";
import { receiveEvents } from "../intake/receive-events.ts";
import { oktaEvent } from "../intake/test-events.ts";
import { createFlow, listFlows, updateFlow } from "./edit-flow.ts";
import { deleteFlow, publishFlow, turnFlowOff, turnFlowOn } from "./publish-flow.ts";
import { ann, openFlowDatabase } from "./test-flow-database.ts";
import { codeOf, soundDocument } from "./test-flow-documents.ts";

// The orgs are not part of this: which connections are brought up to date is.
const syncHook = vi.hoisted(() => vi.fn(async (_connectionId: string) => {}));
vi.mock("../connections/hook.ts", () => ({ syncHook }));

let db: Awaited<ReturnType<typeof openFlowDatabase>>["db"];
let connection: Awaited<ReturnType<typeof openFlowDatabase>>["connection"];

beforeAll(async () => {
  ({ db, connection } = await openFlowDatabase());
});
afterAll(() => db.drop());
beforeEach(() => syncHook.mockClear());

const created = (document = soundDocument()) => createFlow(ann, { document });
const listeners = (flowId: string) =>
  db.prisma.flowListener.findMany({
    where: { flowId },
    select: { flowId: true, connectionId: true, eventType: true },
  });

describe("on and off", () => {
  test("a flow that was never published can't be turned on", async () => {
    const { id } = await created();
    expect(await codeOf(turnFlowOn(ann, id))).toBe("conflict");
  });

  test("on listens with the live version and brings the org's hook up to date; off stops both", async () => {
    const { id, revision } = await created();
    await publishFlow(ann, id, { revision });
    expect(syncHook).not.toHaveBeenCalled();
    expect((await turnFlowOn(ann, id)).on).toBe(true);
    expect(await listeners(id)).toEqual([
      { flowId: id, connectionId: connection.id, eventType: "group.user_membership.add" },
    ]);
    expect(syncHook.mock.calls).toEqual([[connection.id]]);
    expect((await turnFlowOff(ann, id)).on).toBe(false);
    expect(await listeners(id)).toEqual([]);
    expect(syncHook).toHaveBeenCalledTimes(2);
  });

  test("publishing another event moves the listener of a flow that is on", async () => {
    const other = await addConnection(db, { alias: `other-${randomUUID()}` });
    const { id, revision, document } = await created();
    await publishFlow(ann, id, { revision });
    await turnFlowOn(ann, id);
    const cards = {
      ...document.cards,
      e: { card: "okta.groups.userRemoved", v: 1, connection: other.alias },
    };
    const saved = await updateFlow(ann, id, { revision, document: { ...document, cards } });
    expect(await listeners(id)).toMatchObject([{ connectionId: connection.id }]);
    syncHook.mockClear();
    await publishFlow(ann, id, { revision: saved.revision });
    expect(await listeners(id)).toEqual([
      { flowId: id, connectionId: other.id, eventType: "group.user_membership.remove" },
    ]);
    expect(new Set(syncHook.mock.calls.flat())).toEqual(new Set([connection.id, other.id]));
    await deleteFlow(ann, id);
    expect(await listeners(id)).toEqual([]);
  });

  test("a listener that stays keeps the time since when it listens", async () => {
    const { id, revision, document } = await created();
    await publishFlow(ann, id, { revision });
    await turnFlowOn(ann, id);
    const since = new Date("2026-11-01T00:00:00Z");
    await db.prisma.flowListener.updateMany({ where: { flowId: id }, data: { since } });
    const saved = await updateFlow(ann, id, { revision, document: { ...document, name: "Another name" } });
    await publishFlow(ann, id, { revision: saved.revision });
    expect(await db.prisma.flowListener.findMany({ where: { flowId: id } })).toMatchObject([{ since }]);
    await turnFlowOff(ann, id);
    await turnFlowOn(ann, id);
    const [again] = await db.prisma.flowListener.findMany({ where: { flowId: id } });
    expect(again?.since.getTime()).toBeGreaterThan(since.getTime());
    await turnFlowOff(ann, id);
  });

  test("an org that can't be reached does not keep a flow off", async () => {
    const { id, revision } = await created();
    await publishFlow(ann, id, { revision });
    syncHook.mockRejectedValueOnce(new Error("no way"));
    expect((await turnFlowOn(ann, id)).on).toBe(true);
    await turnFlowOff(ann, id);
  });

  test("events start the version that is live at that moment", async () => {
    const { id, revision, document } = await created();
    await publishFlow(ann, id, { revision });
    await turnFlowOn(ann, id);
    const send = () =>
      receiveEvents(db.pool, {
        connectionId: connection.id,
        source: "hook",
        events: [readLogEvent(oktaEvent())],
      });
    await send();
    const saved = await updateFlow(ann, id, { revision, document: { ...document, name: "Second" } });
    await send();
    await publishFlow(ann, id, { revision: saved.revision });
    await send();
    await turnFlowOff(ann, id);
    await send();
    const executions = await db.prisma.execution.findMany({
      where: { flowId: id },
      include: { version: true },
      orderBy: { createdAt: "asc" },
    });
    expect(executions.map(({ version }) => version?.number)).toEqual([1, 1, 2]);
    const [summary] = (await listFlows(ann)).flows.filter((flow) => flow.id === id);
    expect(summary?.lastExecution).toMatchObject({ id: executions.at(-1)?.id, status: "queued" });
  });
});
