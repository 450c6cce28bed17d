import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { FlowDocument } from "#lib/flow/document.ts";
import { registry } from "#lib/registry.ts";
import type { Actor } from "../accounts/actor.ts";
import { listBulkRows } from "../bulk/bulk-rows.ts";
import { getBulkRun } from "../bulk/bulk-view.ts";
import { startPortion } from "../bulk/start-portion.ts";
import { createConnection } from "../connections/create-connection.ts";
import { createEngineConnections } from "../connections/engine-connections.ts";
import { openTestOrg } from "../connections/test-org.ts";
import { addFlow, documentOf } from "../db/test-records.ts";
import { getExecution } from "../executions/get-execution.ts";
import { matchingExecutions } from "../executions/matching-executions.ts";
import { createExecutor } from "../executor/run-execution.ts";
import { readLogEvent } from "../intake/log-event.ts";
import { receiveEvents } from "../intake/receive-events.ts";
import { oktaEvent } from "../intake/test-events.ts";
import { log } from "../log.ts";
import { previewReplay } from "./preview-replay.ts";
import { startReplay } from "./start-replay.ts";

const owner: Actor = { kind: "user", id: "1", name: "Ann", role: "owner" };
const JOINED = "group.user_membership.add";
let org: Awaited<ReturnType<typeof openTestOrg>>;
let connectionId: string;
let flowId: string;
let versionId: string;
let executor: ReturnType<typeof createExecutor>;

beforeAll(async () => {
  log.level = "silent";
  org = await openTestOrg();
  const { url: orgUrl, token } = org.sandbox;
  ({ id: connectionId } = await createConnection(owner, {
    name: "Sandbox",
    alias: "sandbox",
    orgUrl,
    token,
  }));
  executor = createExecutor({ database: org, registry, connections: createEngineConnections() });
});
afterAll(() => org.close());
beforeEach(async () => {
  await org.prisma.flow.updateMany({ data: { on: false } });
  const listensTo = { connectionId, eventTypes: [JOINED] };
  ({ id: flowId, versionId } = await addFlow(org, { document: joins(), listensTo }));
});

/** Whoever joins a group joins another one; with `changes` something else than that. */
function joins(changes: FlowDocument["cards"] = {}): FlowDocument {
  const cards = {
    c1: { card: "okta.groups.userAdded", v: 1, connection: "sandbox" },
    c2: {
      card: "okta.groups.addUser",
      v: 1,
      title: "Welcome",
      connection: "sandbox",
      inputs: {
        group: { value: groupId("Sales") },
        user: { ref: ["c1", "user", "id"] as [string, ...string[]] },
      },
    },
  };
  return documentOf({ cards: { ...cards, ...changes }, edges: [{ from: "c1", out: "next", to: "c2" }] });
}

function groupId(name: string): string {
  const [first] = [...org.sandbox.org.groups.all()];
  const group = [...org.sandbox.org.groups.all()].find(({ profile }) => profile.name === name) ?? first;
  if (!group) throw new Error("The sandbox org has no group.");
  return group.id;
}

/** Events of the org as it would deliver them, each about somebody who is in it. */
async function arrive(count: number, changes: Parameters<typeof oktaEvent>[0] = {}): Promise<string[]> {
  const people = [...org.sandbox.org.users.all()].slice(0, count);
  const events = people.map(({ id, profile }, n) =>
    readLogEvent(
      oktaEvent({
        published: new Date(Date.UTC(2026, 4, 1, 10, n)).toISOString(),
        target: [
          { id, type: "User", alternateId: String(profile.login), displayName: `Person ${n}` },
          { id: groupId("Sales"), type: "UserGroup", displayName: "Sales" },
        ],
        ...changes,
      }),
    ),
  );
  await receiveEvents(org.pool, { connectionId, source: "hook", events });
  return events.map(({ uuid }) => uuid);
}

/** Runs what is queued of the flow. */
async function runAll(): Promise<void> {
  const open = await org.prisma.execution.findMany({ where: { flowId, status: "queued" } });
  for (const { id } of open) await executor.run(id);
}
const request = (confirm: number, changes: Partial<Parameters<typeof startReplay>[2]> = {}) => ({
  id: randomUUID(),
  source: { events: {} },
  version: 1 as const,
  how: "run" as const,
  confirm,
  confirmWrites: true,
  ...changes,
});
const only = (uuid = "") => ({ source: { events: { text: uuid } } });
const replaysOf = (run: string) =>
  org.prisma.execution.findMany({ where: { bulkId: run }, orderBy: { createdAt: "asc" } });

describe("what would be replayed", () => {
  test("the events of the flow's own connection and types, found by time and name, and what writes", async () => {
    const [first = ""] = await arrive(3);
    await arrive(1, { eventType: "group.user_membership.remove" });
    const found = (events: object) =>
      previewReplay(owner, flowId, {
        source: { events: { since: "2026-05-01T10:00:00Z", ...events } },
        version: 1,
      });
    const uuids = new Set((await found({})).newest.map(({ eventType }) => eventType));
    expect(uuids).toEqual(new Set([JOINED]));
    expect(await found({ text: first })).toMatchObject({
      count: 1,
      newest: [{ uuid: first, summary: "Person 0, Sales", execution: { status: "queued" } }],
      writes: ["Welcome"],
    });
    expect((await found({ text: "nobody of that name" })).count).toBe(0);
    expect((await found({ until: "2026-05-01T10:00:00Z" })).count).toBe(0);
  });

  test("an event whose data was erased is none", async () => {
    const [uuid = ""] = await arrive(1);
    await org.prisma.event.updateMany({ where: { uuid }, data: { payload: { uuid, erased: true } } });
    expect(await previewReplay(owner, flowId, { ...only(uuid), version: 1 })).toMatchObject({ count: 0 });
  });
});

describe("a replay", () => {
  test("is an execution of its own beside the one of the event, which stays as it was", async () => {
    const [uuid = ""] = await arrive(1);
    await runAll();
    const [first] = await org.prisma.execution.findMany({ where: { flowId } });
    const { id } = await startReplay(owner, flowId, request(1, only(uuid)));
    await runAll();
    const [replay] = await replaysOf(id);
    expect(await getExecution(owner, replay?.id ?? "")).toMatchObject({
      mode: "replay",
      status: "succeeded",
      retryOf: first?.id,
      subject: first?.subject,
      version: 1,
    });
    expect(await org.prisma.execution.findUniqueOrThrow({ where: { id: first?.id ?? "" } })).toEqual(first);
    // Intake makes none for it again.
    const live = { flowId, mode: "live" };
    expect(await org.prisma.execution.count({ where: live })).toBe(1);
    expect(await org.prisma.auditEntry.findMany({ where: { objectId: flowId } })).toMatchObject([
      { action: "flow.replay", actor: "user:1", detail: { rows: 1, version: 1, how: "run", run: id } },
    ]);
  });

  test("runs on the draft as it was, or on a version that is not the live one", async () => {
    const [uuid = ""] = await arrive(1);
    const draft = joins({ c2: { card: "core.compose", v: 1, inputs: { text: { value: "Hello" } } } });
    await org.prisma.flow.update({ where: { id: flowId }, data: { draft } });
    const run = await startReplay(owner, flowId, {
      ...request(1, only(uuid)),
      version: "draft",
      confirmWrites: false,
    });
    await org.prisma.flow.update({ where: { id: flowId }, data: { draft: joins() } });
    await runAll();
    const [onDraft] = await replaysOf(run.id);
    expect(await getExecution(owner, onDraft?.id ?? "")).toMatchObject({
      status: "succeeded",
      version: null,
      document: { cards: { c2: { card: "core.compose" } } },
    });
    await org.prisma.flowVersion.create({
      data: { id: randomUUID(), flowId, number: 2, document: draft, createdBy: "test" },
    });
    const second = await startReplay(owner, flowId, request(1, { ...only(uuid), version: 2 }));
    expect(await replaysOf(second.id)).toMatchObject([{ document: null, retryOfId: expect.any(String) }]);
    const live = await org.prisma.execution.findFirst({ where: { flowId, mode: "live" } });
    expect(live?.versionId).toBe(versionId);
  });

  test("as a plan it sends nothing, and what failed can still be retried", async () => {
    const [uuid = ""] = await arrive(1);
    const before = org.sandbox.counters.json().writes.total;
    await org.prisma.execution.updateMany({ where: { flowId }, data: { status: "failed" } });
    const plan = request(1, { ...only(uuid), how: "plan", confirmWrites: false });
    const { id } = await startReplay(owner, flowId, plan);
    await runAll();
    expect(await replaysOf(id)).toMatchObject([{ mode: "plan", status: "succeeded", retryOfId: null }]);
    expect(org.sandbox.counters.json().writes.total).toBe(before);
    const { items } = await listBulkRows(owner, id, { offset: 0, limit: 10 });
    expect(items).toMatchObject([
      { planned: [{ method: "PUT", path: expect.stringContaining("/api/v1/") }] },
    ]);
    expect(await matchingExecutions(owner, { flowId })).toMatchObject({ retriable: 1 });
    const again = await startReplay(owner, flowId, request(1, only(uuid)));
    await runAll();
    expect(await replaysOf(again.id)).toMatchObject([{ mode: "replay", status: "succeeded" }]);
    expect(await matchingExecutions(owner, { flowId })).toMatchObject({ retriable: 0 });
  });

  test("keeps as little of a person as the flow says", async () => {
    const keeping = { ...joins(), settings: { keep: "never" as const } };
    const { id: other } = await addFlow(org, { document: keeping });
    const [uuid = ""] = await arrive(1);
    const { id } = await startReplay(owner, other, request(1, only(uuid)));
    const [replay] = await replaysOf(id);
    await executor.run(replay?.id ?? "");
    expect(await getExecution(owner, replay?.id ?? "")).toMatchObject({
      status: "succeeded",
      blanked: "not-kept",
      retryOf: null,
    });
  });

  test("of what writes is refused until somebody confirms it", async () => {
    const [uuid = ""] = await arrive(1);
    const unconfirmed = request(1, { ...only(uuid), confirmWrites: false });
    await expect(startReplay(owner, flowId, unconfirmed)).rejects.toThrow(/“Welcome”.*nothing was replayed/);
    const miscounted = request(2, only(uuid));
    await expect(startReplay(owner, flowId, miscounted)).rejects.toThrow("1 past event matches now, not 2");
    expect(await org.prisma.bulkRun.count({ where: { id: miscounted.id } })).toBe(0);
  });

  test("of many goes portion by portion, oldest first, behind the events that arrive; twice asked it is one", async () => {
    await arrive(50);
    await runAll();
    const source = { executions: { status: "succeeded" } };
    const { count } = await previewReplay(owner, flowId, { source, version: 1 });
    const many = request(count, { source });
    await Promise.all([startReplay(owner, flowId, many), startReplay(owner, flowId, many)]);
    expect(await getBulkRun(owner, many.id)).toMatchObject({
      kind: "replay",
      title: `Replay ${count} events on version 1 of Test`,
      counts: { queued: 40, notStarted: count - 40 },
    });
    const rows = await listBulkRows(owner, many.id, { offset: 0, limit: 2 });
    expect(rows.items).toMatchObject([{ label: "Person 0, Sales" }, { label: "Person 1, Sales" }]);
    const { rows: priorities } = await org.pool.query(
      `select distinct j.priority from graphile_worker.jobs j join executions e on 'execution:' || e.id = j.key
       where e.bulk_id = $1`,
      [many.id],
    );
    expect(priorities).toEqual([{ priority: 10 }]);
    // One of them is erased before its turn.
    const [left] = await org.prisma.bulkRow.findMany({ where: { bulkId: many.id, position: count } });
    const { event } = JSON.parse(JSON.stringify(left?.inputs));
    await org.prisma.event.update({ where: { id: event }, data: { payload: { erased: true } } });
    await org.prisma.execution.updateMany({ where: { bulkId: many.id }, data: { status: "succeeded" } });
    await org.prisma.$transaction((tx) => startPortion(tx, many.id));
    expect((await getBulkRun(owner, many.id)).counts).toMatchObject({
      succeeded: 40,
      queued: count - 41,
      leftOut: 1,
    });
  });
});
