import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { FlowDocument } from "#lib/flow/document.ts";
import type { Actor } from "../accounts/actor.ts";
import { addConnection, addFlow, documentOf, openTestDatabase } from "../db/test-records.ts";
import { stubServerEnv } from "../env/stub-server-env.ts";
import { deleteFlow } from "../flows/publish-flow.ts";
import { log } from "../log.ts";
import { erasePerson } from "./erase-person.ts";
import { retainRound } from "./retention-keeper.ts";
import { aged, flowWithEvent, ZOE } from "./test-ended.ts";
import { custom, tablesWith } from "./test-person-traces.ts";

const owner: Actor = { kind: "user", id: "u1", name: "Owner", role: "owner" };
let db: Awaited<ReturnType<typeof openTestDatabase>>;
let connection: Awaited<ReturnType<typeof addConnection>>;

beforeAll(async () => {
  stubServerEnv();
  log.level = "silent";
  db = await openTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  await db.pool.query("truncate flows, connections, bulk_runs, events, audit_entries cascade");
  connection = await addConnection(db);
});

const erase = (user = ZOE.login, alias = connection.alias) =>
  erasePerson(db, owner, { connection: alias, user, also: [] });
/** A flow with her login in its name, its description and a card. */
const naming = (): FlowDocument =>
  documentOf({
    name: `Spare ${ZOE.login}`,
    description: `About ${ZOE.login}.`,
    cards: { c: custom("GET", { value: `/api/v1/users/${ZOE.login}` }) },
    settings: { keepDays: 7 },
  });
/** An execution of a flow; `more` as in the table. */
const ran = (flow: { id: string; versionId: string }, status: string) =>
  db.prisma.execution.create({ data: { flowId: flow.id, versionId: flow.versionId, mode: "live", status } });

test("a deleted flow loses the person, and keeps its cards and what it says of keeping", async () => {
  const flow = await addFlow(db, { document: naming() });
  await db.prisma.flowVersion.updateMany({ data: { note: `For ${ZOE.login}` } });
  await deleteFlow(owner, flow.id);
  expect(await erase()).toMatchObject({ others: 2, underWay: 0, configured: [] });
  expect(await tablesWith(db, ZOE.login)).toEqual([]);
  const { document } = await db.prisma.flowVersion.findFirstOrThrow();
  expect(document).toMatchObject({ name: "Erased", settings: { keepDays: 7 } });
  expect(document).toMatchObject({ cards: { c: { card: "okta.api.custom", v: 1, connection: "okta" } } });
  expect(await erase()).toMatchObject({ others: 0 });
});

test("a deleted flow that runs still has what it needs, and is counted until it is over", async () => {
  const flow = await addFlow(db, { document: naming() });
  const { id } = await ran(flow, "waiting");
  await deleteFlow(owner, flow.id);
  expect(await erase()).toMatchObject({ others: 0, underWay: 1, configured: [] });
  const { document } = await db.prisma.flowVersion.findFirstOrThrow();
  expect(document).toEqual(naming());
  await db.prisma.execution.update({ where: { id }, data: { status: "succeeded", finishedAt: new Date() } });
  expect(await erase()).toMatchObject({ others: 2, underWay: 0 });
  expect(await tablesWith(db, ZOE.login)).toEqual([]);
});

test("of a flow the answer names the draft and the published versions that hold the person", async () => {
  const flow = await addFlow(db, { document: naming() });
  const clean = documentOf({ name: "Spare" });
  const version = { flowId: flow.id, createdBy: "test" };
  await db.prisma.flowVersion.create({ data: { ...version, id: randomUUID(), number: 2, document: clean } });
  await db.prisma.flowVersion.create({
    data: { ...version, id: randomUUID(), number: 3, document: naming() },
  });
  const { name, id } = await db.prisma.flow.findFirstOrThrow();
  expect((await erase()).configured).toEqual([{ id, name, draft: true, versions: [1, 3] }]);
  await db.prisma.flow.update({ where: { id }, data: { name: "Spare", draft: clean } });
  expect((await erase()).configured).toEqual([{ id, name: "Spare", draft: false, versions: [1, 3] }]);
  await deleteFlow(owner, id);
  expect(await erase()).toMatchObject({ others: 2, configured: [] });
  expect(await tablesWith(db, ZOE.login)).toEqual([]);
});

test("a run that is over loses the draft it copied, its title and the names of its rows", async () => {
  const { connection: org, flow, executionId } = await flowWithEvent(db, {});
  const document = { ...naming(), name: "Spare" };
  const run = await db.prisma.bulkRun.create({
    data: {
      id: randomUUID(),
      kind: "replay",
      title: `Replay 1 event on the draft of Spare ${ZOE.login}`,
      options: { flowId: flow.id, versionId: null, document, mode: "replay" },
      total: 1,
      createdBy: "test",
    },
  });
  const inputs = { event: randomUUID() };
  await db.prisma.bulkRow.create({
    data: { bulkId: run.id, position: 1, label: ZOE.name, inputs, executionId },
  });
  await db.prisma.execution.update({ where: { id: executionId }, data: { status: "succeeded" } });
  await aged(db, executionId, { came: 1, ended: 1 });
  expect(await erase(ZOE.id, org.alias)).toMatchObject({ executions: 1, events: 1, underWay: 1 });
  expect(await tablesWith(db, ZOE.name)).toEqual([]);
  await db.prisma.bulkRun.update({ where: { id: run.id }, data: { status: "finished" } });
  // The event, which told login from id, has gone.
  expect(await erase(ZOE.login, org.alias)).toMatchObject({ others: 1, underWay: 0 });
  expect(await tablesWith(db, ZOE.login)).toEqual([]);
  const { options } = await db.prisma.bulkRun.findFirstOrThrow();
  expect(options).toMatchObject({ flowId: flow.id, document: { format: 1, cards: { c: { v: 1 } } } });
  expect(await retainRound(db, true)).toMatchObject({ labels: 0 });
});
