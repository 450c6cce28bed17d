import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CardError } from "#lib/cards/errors.ts";
import type { JsonObject } from "#lib/flow/json.ts";
import { registry } from "#lib/registry.ts";
import type { Actor } from "../accounts/actor.ts";
import { addConnection, addFlow, documentOf, openTestDatabase } from "../db/test-records.ts";
import { getExecution } from "../executions/get-execution.ts";
import { listExecutions } from "../executions/list-executions.ts";
import { retryExecution } from "../executions/retry-execution.ts";
import { createExecutor } from "../executor/run-execution.ts";
import { TestOrg } from "../executor/test-org.ts";
import { readLogEvent } from "../intake/log-event.ts";
import { receiveEvents } from "../intake/receive-events.ts";
import { oktaEvent } from "../intake/test-events.ts";
import { log } from "../log.ts";
import { erasePerson, erasePersonFor } from "./erase-person.ts";
import { ANN, custom, everywhere, PHONE, tablesWith, traces } from "./test-person-traces.ts";

const owner: Actor = { kind: "user", id: "u1", name: "Owner", role: "owner" };
const BOB = {
  id: "00uBOB5678901234ABCD",
  type: "User",
  alternateId: "bob@acme.example",
  displayName: "Bob Ray",
};

let db: Awaited<ReturnType<typeof openTestDatabase>>;
let connection: Awaited<ReturnType<typeof addConnection>>;
let flow: Awaited<ReturnType<typeof addFlow>>;
let org: TestOrg;

beforeAll(async () => {
  log.level = "silent";
  db = await openTestDatabase();
});
afterAll(() => db.drop());

beforeEach(async () => {
  await db.pool.query(
    "truncate flows, connections, bulk_runs, alarms, audit_entries, events, deliveries cascade",
  );
  connection = await addConnection(db);
  flow = await addFlow(db, {
    document: documentOf({
      cards: {
        e: { card: "okta.events.custom", v: 1, connection: connection.alias, options: {} },
        read: custom("GET", { value: "/api/v1/users/someone" }),
        write: custom("PUT", { value: "/api/v1/a" }),
      },
      edges: [
        { from: "e", out: "next", to: "read" },
        { from: "read", out: "next", to: "write" },
      ],
    }),
    listensTo: { connectionId: connection.id, eventTypes: ["group.user_membership.add"] },
  });
  org = new TestOrg();
});

/** An event about somebody arrives and its flow runs: what is read tells a phone number and names nobody. */
async function ran(target: JsonObject): Promise<string> {
  const event = readLogEvent(oktaEvent({ target: [target] }));
  await receiveEvents(db.pool, { connectionId: connection.id, source: "hook", events: [event] });
  const stored = await db.prisma.event.findFirstOrThrow({
    where: { uuid: event.uuid },
    include: { executions: true },
  });
  const id = stored.executions[0]?.id ?? "";
  await createExecutor({ database: db, registry, connections: org.connections }).run(id);
  return id;
}
const telling = () => {
  org.answer = ({ method }) => ({
    status: 200,
    headers: {},
    body: method === "GET" ? { profile: { mobilePhone: PHONE } } : null,
  });
};

const erase = (user: string, also: string[] = []) =>
  erasePerson(db, owner, { connection: connection.alias, user, also });

describe("after a person was erased", () => {
  test("nothing of the person is in any table, and rows, counts and how things ended are", async () => {
    telling();
    const succeeded = await ran(ANN);
    org.answer = () => {
      throw new CardError(`Not found: ${ANN.displayName}`, {
        kind: "refused",
        code: "E0000007",
        status: 404,
      });
    };
    const failed = await ran(ANN);
    await everywhere(db, flow.id);
    const counts = () =>
      Promise.all([
        db.prisma.execution.count(),
        db.prisma.step.count(),
        db.prisma.event.count(),
        db.prisma.bulkRow.count(),
        db.prisma.eventCount.count(),
        db.prisma.alarm.count(),
      ]);
    const before = await counts();
    expect(Object.keys(await traces(db))).toEqual(
      expect.arrayContaining([ANN.id, ANN.alternateId, "Lee", PHONE]),
    );

    expect(await erase(ANN.alternateId)).toEqual({
      executions: 3,
      events: 2,
      others: 6,
      underWay: 0,
      configured: [],
    });
    expect(await traces(db)).toEqual({});
    expect(await counts()).toEqual(before);
    const view = await getExecution(owner, failed);
    expect(view).toMatchObject({
      status: "failed",
      blanked: "erased",
      subject: "",
      eventType: "group.user_membership.add",
    });
    expect(view.error).toMatchObject({ code: "E0000007", path: "read" });
    expect(view.steps.map(({ path, status }) => `${path} ${status}`)).toEqual(["e succeeded", "read failed"]);
    expect((await getExecution(owner, succeeded)).status).toBe("succeeded");
    expect((await listExecutions(owner, { limit: 50 })).items).toHaveLength(3);
  });

  test("others keep all of theirs", async () => {
    telling();
    const bobs = await ran(BOB);
    const before = await getExecution(owner, bobs);
    await ran(ANN);
    await erase(ANN.id);
    expect(await getExecution(owner, bobs)).toEqual(before);
  });

  test("the audit log says that it was done, where and by whom, and not to whom", async () => {
    await ran(ANN);
    await erase(ANN.id);
    const entry = await db.prisma.auditEntry.findFirstOrThrow({ where: { action: "person.erase" } });
    expect(entry).toMatchObject({
      actor: "user:u1",
      objectId: connection.id,
      detail: { executions: 1, events: 1, others: 0, underWay: 0, configured: 0 },
    });
  });

  test("an execution can't be run again: its event is gone", async () => {
    const id = await ran(ANN);
    await erase(ANN.id);
    const again = retryExecution(owner, id, { from: "start", version: "same" });
    await expect(again).rejects.toMatchObject({ body: { code: "conflict" } });
  });

  test("the same event arriving once more is a duplicate still", async () => {
    const event = readLogEvent(oktaEvent({ target: [ANN] }));
    const arrive = () =>
      receiveEvents(db.pool, { connectionId: connection.id, source: "hook", events: [event] });
    await arrive();
    await db.pool.query("update executions set status = 'cancelled', finished_at = now()");
    await erase(ANN.id);
    expect(await arrive()).toMatchObject({ accepted: 0, duplicates: 1 });
    expect(await traces(db)).toEqual({});
  });
});

describe("what is left, and said", () => {
  test("executions under way go on with what they need; erased when they are over", async () => {
    const event = readLogEvent(oktaEvent({ target: [ANN] }));
    await receiveEvents(db.pool, { connectionId: connection.id, source: "hook", events: [event] });
    expect(await erase(ANN.id)).toMatchObject({ executions: 0, events: 0, underWay: 1 });
    const { id } = await db.prisma.execution.findFirstOrThrow();
    telling();
    await createExecutor({ database: db, registry, connections: org.connections }).run(id);
    expect((await getExecution(owner, id)).status).toBe("succeeded");
    expect(await erase(ANN.id)).toMatchObject({ executions: 1, events: 1, underWay: 0 });
    expect(await traces(db)).toEqual({});
  });

  test("flows that name the person", async () => {
    const document = documentOf({
      name: "Spare Ann",
      cards: { c: custom("GET", { value: ANN.alternateId }) },
    });
    const naming = await addFlow(db, { document });
    expect((await erase(ANN.alternateId)).configured).toEqual([
      { id: naming.id, name: "Spare Ann", draft: true, versions: [1] },
    ]);
  });
});

describe("who is meant", () => {
  test("an id finds what names the login only, also an earlier one", async () => {
    await ran({ ...ANN, alternateId: "ann.maiden@acme.example" });
    await ran(ANN);
    const data = {
      flowId: flow.id,
      versionId: flow.versionId,
      mode: "live",
      status: "succeeded",
      finishedAt: new Date(),
    };
    const { id } = await db.prisma.execution.create({
      data: { ...data, subject: "ann.maiden@acme.example" },
    });
    await erase(ANN.id);
    expect((await getExecution(owner, id)).subject).toBe("");
    expect(await tablesWith(db, "maiden")).toEqual([]);
  });

  test("a login two people had is refused, naming their ids", async () => {
    await ran(ANN);
    await ran({ ...BOB, alternateId: ANN.alternateId });
    await expect(erase(ANN.alternateId)).rejects.toMatchObject({
      body: { code: "conflict", hint: expect.stringContaining(BOB.id) },
    });
    expect(await tablesWith(db, ANN.id)).not.toEqual([]);
  });

  test("further names go as well", async () => {
    telling();
    await ran(BOB);
    expect(await erase(ANN.id, [PHONE])).toMatchObject({ executions: 1 });
  });

  test("tokens may not", () => {
    const token: Actor = { kind: "token", id: "t", name: "t", role: "token" };
    const request = { connection: connection.alias, user: ANN.id, also: [] };
    expect(() => erasePersonFor(token, request)).toThrow("may not");
  });
});
