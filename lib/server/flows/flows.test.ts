import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { flowSchema } from "#lib/api/flows.ts";
import type { FlowDocument } from "#lib/flow/document.ts";
import type { Actor } from "../accounts/actor.ts";
import { addConnection, documentOf, openTestDatabase } from "../db/test-records.ts";
import { stubServerEnv } from "../env/stub-server-env.ts";
import { readLogEvent } from "../intake/log-event.ts";
import { receiveEvents } from "../intake/receive-events.ts";
import { oktaEvent } from "../intake/test-events.ts";
import { log } from "../log.ts";
import { changesOfFlow } from "./changes-of-flow.ts";
import { createFlow, getFlow, listFlows, updateFlow, validateDocument, validateFlow } from "./edit-flow.ts";
import { deleteFlow, publishFlow, turnFlowOff, turnFlowOn } from "./publish-flow.ts";
import { sampleEventOfFlow, testFlow } from "./test-flow.ts";
import { exportFlow, getVersion, listVersions, restoreVersion } from "./versions.ts";

// The orgs are not part of this: which connections are brought up to date is.
const syncHook = vi.hoisted(() => vi.fn(async (_connectionId: string) => {}));
vi.mock("../connections/hook.ts", () => ({ syncHook }));

const ann: Actor = { kind: "user", id: "u1", name: "Ann", role: "owner" };
const bob: Actor = { kind: "user", id: "u2", name: "Bob", role: "owner" };
let db: Awaited<ReturnType<typeof openTestDatabase>>;
let connection: Awaited<ReturnType<typeof addConnection>>;

beforeAll(async () => {
  stubServerEnv();
  db = await openTestDatabase();
  connection = await addConnection(db, { alias: "acme" });
  log.level = "silent";
});
afterAll(() => db.drop());
beforeEach(() => syncHook.mockClear());

function soundDocument(name = `Flow ${randomUUID()}`): FlowDocument {
  return documentOf({
    name,
    cards: {
      e: { card: "okta.groups.userAdded", v: 1, connection: "acme" },
      w: {
        card: "okta.groups.addUser",
        v: 1,
        connection: "acme",
        inputs: { group: { value: "00gX" }, user: { ref: ["e", "user", "id"] } },
      },
    },
    edges: [{ from: "e", out: "next", to: "w" }],
    layout: { e: [0, 0], w: [300, 0] },
  });
}

const created = (document = soundDocument()) => createFlow(ann, { document });
const listeners = (flowId: string) =>
  db.prisma.flowListener.findMany({
    where: { flowId },
    select: { flowId: true, connectionId: true, eventType: true },
  });
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "no error",
    (error: { code: string }) => error.code,
  );

describe("drafts", () => {
  test("a new flow is empty, off and says what it lacks", async () => {
    const flow = await createFlow(ann, { name: "Leavers" });
    expect(flowSchema.parse(flow)).toEqual(flow);
    expect(flow).toMatchObject({
      name: "Leavers",
      on: false,
      liveVersion: null,
      unpublishedChanges: true,
      revision: 1,
      updatedBy: "Ann",
      trigger: null,
      cardCount: 0,
      lastExecution: null,
    });
    expect(flow.issues.map(({ code }) => code)).toContain("no-event");
  });

  test("what is no document is refused, naming the place", async () => {
    const sent = { ...soundDocument(), cards: { e: { card: 7 } } };
    await expect(createFlow(ann, { document: sent })).rejects.toMatchObject({
      code: "invalid",
      body: { issues: [expect.objectContaining({ severity: "error" }), expect.anything()] },
    });
    expect(await codeOf(createFlow(ann, { document: undefined }))).toBe("invalid");
    expect(await codeOf(createFlow(ann, { document: { ...soundDocument(), format: 999 } }))).toBe("invalid");
  });

  test("texts the database refuses are repaired", async () => {
    const flow = await created(soundDocument("A\u0000B"));
    expect([flow.name, flow.document.name]).toEqual(["A␀B", "A␀B"]);
  });

  test("of two who save at once the second gets what the first saved", async () => {
    const { id, revision, document } = await created();
    const answers = await Promise.allSettled([
      updateFlow(ann, id, { revision, document: { ...document, name: "By Ann" } }),
      updateFlow(bob, id, { revision, document: { ...document, name: "By Bob" } }),
    ]);
    const saved = answers.find((answer) => answer.status === "fulfilled");
    const refused = answers.find((answer) => answer.status === "rejected");
    expect(saved?.value.revision).toBe(revision + 1);
    const { code, body } = refused?.reason ?? {};
    expect(code).toBe("conflict");
    expect(body.current).toEqual({
      revision: revision + 1,
      document: saved?.value.document,
      updatedBy: saved?.value.updatedBy,
      updatedAt: saved?.value.updatedAt,
    });
  });

  test("a draft with errors is saved and can't be published", async () => {
    const { id, revision, document } = await created();
    const broken = { ...document, cards: { ...document.cards, w: { card: "okta.groups.addUser", v: 1 } } };
    const saved = await updateFlow(ann, id, { revision, document: broken });
    expect(saved.issues.length).toBeGreaterThan(0);
    expect(await validateFlow(ann, id)).toEqual({ valid: false, issues: saved.issues });
    await expect(publishFlow(ann, id, { revision: saved.revision })).rejects.toMatchObject({
      code: "invalid",
      body: { issues: saved.issues },
    });
    expect(await listVersions(ann, id)).toEqual({ versions: [] });
  });

  test("a document is checked without being saved", async () => {
    expect(await validateDocument(ann, { document: soundDocument() })).toEqual({ valid: true, issues: [] });
    const elsewhere = soundDocument();
    for (const node of Object.values(elsewhere.cards)) node.connection = "nowhere";
    expect((await validateDocument(ann, { document: elsewhere })).valid).toBe(false);
  });

  test("an unknown or deleted flow is not found", async () => {
    expect(await codeOf(getFlow(ann, randomUUID()))).toBe("not-found");
    const { id, revision, document } = await created();
    await deleteFlow(ann, id);
    expect(await codeOf(getFlow(ann, id))).toBe("not-found");
    expect(await codeOf(updateFlow(ann, id, { revision, document }))).toBe("not-found");
    expect((await listFlows(ann)).flows.map((flow) => flow.id)).not.toContain(id);
  });
});

describe("versions", () => {
  test("each publish makes the next one live", async () => {
    const { id, revision, document } = await created();
    const first = await publishFlow(ann, id, { revision, note: "First" });
    expect(first).toMatchObject({ liveVersion: 1, unpublishedChanges: false, on: false });
    const renamed = { ...document, name: "Renamed" };
    const saved = await updateFlow(bob, id, { revision, document: renamed });
    expect(saved).toMatchObject({ liveVersion: 1, unpublishedChanges: true });
    await publishFlow(bob, id, { revision: saved.revision });
    expect((await listVersions(ann, id)).versions).toMatchObject([
      { number: 2, note: null, createdBy: "Bob", live: true },
      { number: 1, note: "First", createdBy: "Ann", live: false },
    ]);
    expect((await getVersion(ann, id, 1)).document).toEqual(document);
    expect(await exportFlow(ann, id, { version: 1 })).toEqual(document);
    expect(await exportFlow(ann, id, {})).toEqual(renamed);
    expect(await codeOf(getVersion(ann, id, 3))).toBe("not-found");
  });

  test("moving cards is no change to publish", async () => {
    const { id, revision, document } = await created();
    await publishFlow(ann, id, { revision });
    const moved = await updateFlow(ann, id, {
      revision,
      document: { ...document, layout: { e: [5, 5], w: [9, 9] } },
    });
    expect(moved.unpublishedChanges).toBe(false);
    expect((await changesOfFlow(ann, id)).changes).toEqual([]);
  });

  test("a publisher who saw an older draft is told", async () => {
    const { id, revision, document } = await created();
    await updateFlow(bob, id, { revision, document });
    expect(await codeOf(publishFlow(ann, id, { revision }))).toBe("conflict");
  });

  test("published at once by many, each gets a number of its own", async () => {
    const { id, revision } = await created();
    await Promise.all(Array.from({ length: 8 }, () => publishFlow(ann, id, { revision })));
    const { versions } = await listVersions(ann, id);
    expect(versions.map(({ number }) => number)).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
    expect(versions.filter(({ live }) => live)).toHaveLength(1);
  });

  test("restoring makes a version the draft and leaves what is live alone", async () => {
    const { id, revision, document } = await created();
    await publishFlow(ann, id, { revision });
    const saved = await updateFlow(ann, id, { revision, document: { ...document, name: "Newer" } });
    await publishFlow(ann, id, { revision: saved.revision });
    expect(await codeOf(restoreVersion(ann, id, 1, { revision }))).toBe("conflict");
    const restored = await restoreVersion(bob, id, 1, { revision: saved.revision });
    expect(restored).toMatchObject({
      name: document.name,
      liveVersion: 2,
      unpublishedChanges: true,
      updatedBy: "Bob",
    });
  });

  test("changes are told in sentences, with the names of cards and fields", async () => {
    const { id, revision, document } = await created();
    await publishFlow(ann, id, { revision });
    const { w, ...rest } = document.cards;
    const inputs = { ...w?.inputs, group: { value: "00gY" } };
    await updateFlow(bob, id, {
      revision,
      document: {
        ...document,
        cards: { ...rest, w: { card: "okta.groups.addUser", v: 1, connection: "acme", inputs } },
      },
    });
    const { changes, lastSavedBy } = await changesOfFlow(ann, id);
    expect(lastSavedBy).toBe("Bob");
    expect(changes).toEqual([
      {
        kind: "input-changed",
        card: "w",
        text: expect.stringContaining("“Add User to Group”: Group ID is now “00gY”"),
      },
    ]);
  });
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

describe("testing a draft", () => {
  test("a draft that writes needs a confirmation", async () => {
    const { id } = await created();
    expect(await codeOf(testFlow(ann, id, { confirmWrites: false }))).toBe("conflict");
    const { executionId } = await testFlow(ann, id, { confirmWrites: true });
    const execution = await db.prisma.execution.findUniqueOrThrow({ where: { id: executionId } });
    expect(execution).toMatchObject({ flowId: id, mode: "test", status: "queued", versionId: null });
    expect(execution.trigger).toMatchObject({ eventType: "group.user_membership.add" });
    expect(execution.subject).not.toBe("");
    const jobs = await db.pool.query("select priority from graphile_worker.jobs where key = $1", [
      `execution:${executionId}`,
    ]);
    expect(jobs.rows).toEqual([{ priority: -10 }]);
  });

  test("a write that nothing leads to needs none", async () => {
    const document = soundDocument();
    document.edges = [];
    Object.assign(document.cards.w ?? {}, { inputs: { group: { value: "00gX" }, user: { value: "00uX" } } });
    const { id, issues } = await created(document);
    expect(issues.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(await codeOf(testFlow(ann, id, { confirmWrites: false }))).toBe("no error");
  });

  test("runs with the event given", async () => {
    const { id } = await created();
    const { executionId } = await testFlow(ann, id, { event: { any: "thing" }, confirmWrites: true });
    const execution = await db.prisma.execution.findUniqueOrThrow({ where: { id: executionId } });
    expect([execution.trigger, execution.subject]).toEqual([{ any: "thing" }, ""]);
  });

  test("a draft with errors is not run", async () => {
    const { id } = await createFlow(ann, { name: "Empty" });
    expect(await codeOf(testFlow(ann, id, { confirmWrites: true }))).toBe("invalid");
    expect(await codeOf(sampleEventOfFlow(ann, id))).toBe("conflict");
  });

  test("makes up an event of the type the card listens to", async () => {
    const { id } = await created();
    expect((await sampleEventOfFlow(ann, id)).event.eventType).toBe("group.user_membership.add");
  });
});
