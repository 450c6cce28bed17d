import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { planFlow } from "#lib/engine/plan.ts";
import type { CardNode } from "#lib/flow/document.ts";
import type { JsonObject } from "#lib/flow/json.ts";
import type { FlowSettings } from "#lib/flow/settings.ts";
import { registry } from "#lib/registry.ts";
import type { Actor } from "../accounts/actor.ts";
import { addConnection, addFlow, documentOf, openTestDatabase } from "../db/test-records.ts";
import { retryExecution } from "../executions/retry-execution.ts";
import { readLogEvent } from "../intake/log-event.ts";
import { receiveEvents } from "../intake/receive-events.ts";
import { log } from "../log.ts";
import { LoopGuard } from "./loop-guard.ts";
import { createExecutor } from "./run-execution.ts";
import { TestOrg } from "./test-org.ts";

const owner: Actor = { kind: "user", id: "1", name: "Ann", role: "owner" };
const TYPE = "group.user_membership.add";
let db: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  log.level = "silent";
  db = await openTestDatabase();
});
afterAll(() => db.drop());

const toUser = { user: { ref: ["e", "user", "id"] as [string, ...string[]] } };
const suspend: CardNode = { card: "okta.users.suspend", v: 1, connection: "second", inputs: toUser };
const read: CardNode = { card: "okta.users.read", v: 1, connection: "second", inputs: toUser };

/** A flow that listens and then does something to whom the event is about; each event is a minute after the one before. */
async function stage(
  self: { adminLogin?: string; clientId?: string },
  settings: FlowSettings,
  options: { does?: CardNode; onlyTo?: string; orgUrl?: string } = {},
) {
  const { does = suspend, onlyTo, orgUrl = `https://${randomUUID()}.okta.com` } = options;
  const connection = await addConnection(db, { orgUrl });
  await db.prisma.connection.update({ where: { id: connection.id }, data: self });
  const document = documentOf({
    name: "Joiners",
    cards: {
      e: { card: "okta.groups.userAdded", v: 1, connection: connection.alias },
      i: {
        card: "core.if",
        v: 1,
        options: { operator: "equals" },
        inputs: { left: toUser.user, right: onlyTo === undefined ? toUser.user : { value: onlyTo } },
      },
      a: does,
    },
    edges: [
      { from: "e", out: "next", to: "i" },
      { from: "i", out: "true", to: "a" },
    ],
    settings,
  });
  const { id } = await addFlow(db, {
    document,
    listensTo: { connectionId: connection.id, eventTypes: [TYPE] },
  });
  const org = new TestOrg();
  const executor = createExecutor({ database: db, registry, connections: org.connections });
  // Its writes are made now, by the clock: the first event came before them, the others come after.
  let at = Date.now() - 1.5 * MINUTE;
  const arrive = async (user: string, actor: JsonObject) => {
    at += MINUTE;
    const event = readLogEvent({
      uuid: randomUUID(),
      eventType: TYPE,
      published: new Date(at).toISOString(),
      actor,
      target: [{ id: user, type: "User", alternateId: `${user}@acme.example` }],
    });
    await receiveEvents(db.pool, { connectionId: connection.id, source: "hook", events: [event] });
    const started = await db.prisma.execution.findFirstOrThrow({
      where: { flowId: id, event: { uuid: event.uuid } },
    });
    await executor.run(started.id);
    return db.prisma.execution.findUniqueOrThrow({ where: { id: started.id } });
  };
  const many = async (count: number, actor: JsonObject) => {
    const statuses: string[] = [];
    for (let number = 0; number < count; number++) statuses.push((await arrive("ann", actor)).status);
    return statuses;
  };
  const alarms = () => db.prisma.alarm.findMany({ where: { objectId: id } });
  return { id, org, arrive, many, alarms, executor, wait: (minutes: number) => (at += minutes * MINUTE) };
}

const MINUTE = 60_000;
const admin = { id: "00uADMIN", type: "User", alternateId: "Admin@acme.example" };
const eve = { id: "00uEVE", type: "User", alternateId: "eve@acme.example" };
const system = { id: "system", type: "SystemPrincipal", alternateId: "system@okta.com" };
const ran = (count: number) => Array<string>(count).fill("succeeded");

it("stops a flow that starts itself after as many executions about a user as its settings allow", async () => {
  const { id, org, arrive, many, alarms, executor, wait } = await stage(
    { adminLogin: "admin@acme.example" },
    { runsPerUser: 3 },
  );
  // What came before the flow wrote about her can't be its doing.
  expect((await arrive("ann", admin)).status).toBe("succeeded");
  expect(await many(3, admin)).toEqual(ran(3));
  expect(await alarms()).toEqual([]);
  expect(org.calls).toHaveLength(4);
  const fourth = await arrive("ann", admin);
  expect(fourth).toMatchObject({
    status: "failed",
    reason: expect.stringMatching(
      /^Stopped as a loop: this is execution 4 about the same user .* allow 3\.$/,
    ),
    error: { kind: "input", code: "loop", path: "" },
  });
  expect(org.calls).toHaveLength(4);
  expect((await arrive("ann", admin)).status).toBe("failed");
  expect(await alarms()).toMatchObject([
    {
      kind: "flow-loop",
      objectId: id,
      message: expect.stringMatching(
        /^“Joiners” seems to start itself: it ran about ann@acme\.example 3 times/,
      ),
      count: 2,
      closedAt: null,
    },
  ]);
  // Others are not kept from running, neither other people nor what other actors do.
  expect((await arrive("ben", admin)).status).toBe("succeeded");
  expect((await arrive("ann", eve)).status).toBe("succeeded");
  // A person who retries it has looked.
  const again = await retryExecution(owner, fourth.id, { from: "start", version: "same" });
  await executor.run(again.executionId);
  const retried = { where: { id: again.executionId } };
  expect((await db.prisma.execution.findUniqueOrThrow(retried)).status).toBe("succeeded");
  await retryExecution(owner, fourth.id, { from: "failed", version: "same" });
  await executor.run(fourth.id);
  const goneOn = { where: { id: fourth.id } };
  expect((await db.prisma.execution.findUniqueOrThrow(goneOn)).status).toBe("succeeded");
  // An hour later it may run as often again.
  wait(61);
  expect((await arrive("ann", admin)).status).toBe("succeeded");
});

it("knows an app by its client id, and allows 20 where the flow does not say", async () => {
  const { many } = await stage({ clientId: "0oaFLOWDECK" }, {});
  const app = { id: "0oaFLOWDECK", type: "PublicClientApp", alternateId: "0oaFLOWDECK" };
  expect(await many(23, app)).toEqual([...ran(21), "failed", "failed"]);
});

it("stops one that starts itself by way of Okta's system, as through a group rule", async () => {
  const { many } = await stage({ adminLogin: "admin@acme.example" }, { runsPerUser: 2 });
  expect(await many(4, system)).toEqual([...ran(3), "failed"]);
});

it("counts what each connection to the same org does, and of no other org", async () => {
  const orgUrl = `https://${randomUUID()}.okta.com`;
  const add = async (adminLogin: string, to: string) => {
    const { id } = await addConnection(db, { orgUrl: to });
    await db.prisma.connection.update({ where: { id }, data: { adminLogin } });
  };
  await add("second@acme.example", orgUrl);
  await add("eve@acme.example", `https://${randomUUID()}.okta.com`);
  const { many } = await stage({ adminLogin: "admin@acme.example" }, { runsPerUser: 2 }, { orgUrl });
  expect(await many(4, eve)).toEqual(ran(4));
  const second = { id: "00uSECOND", type: "User", alternateId: "second@acme.example" };
  expect(await many(3, second)).toEqual([...ran(2), "failed"]);
});

it("lets a flow run that only reads, however often the connection's admin does something", async () => {
  const { org, many, alarms } = await stage(
    { adminLogin: "admin@acme.example" },
    { runsPerUser: 2 },
    { does: read },
  );
  const profile = { login: "ann@acme.example" };
  org.answer = () => ({ status: 200, headers: {}, body: { id: "ann", status: "ACTIVE", profile } });
  expect(await many(5, admin)).toEqual(ran(5));
  expect(org.calls).toHaveLength(5);
  expect(await alarms()).toEqual([]);
});

it("lets a flow run that writes, as long as it wrote nothing about that person", async () => {
  const { org, many, arrive } = await stage(
    { adminLogin: "admin@acme.example" },
    { runsPerUser: 2 },
    { onlyTo: "ben" },
  );
  await arrive("ben", admin);
  expect(await many(5, admin)).toEqual(ran(5));
  expect(org.calls).toHaveLength(1);
});

it("asks the database nothing about a flow that only reads, and of others only as whom connections act", async () => {
  const { alias } = await addConnection(db);
  const guard = new LoopGuard(db);
  const query = vi.spyOn(db.pool, "query");
  const asked = async (does: CardNode, actor: JsonObject) => {
    query.mockClear();
    const cards = { e: { card: "okta.groups.userAdded", v: 1, connection: alias }, a: does };
    const document = documentOf({ cards, edges: [{ from: "e", out: "next", to: "a" }] });
    const run = { id: randomUUID(), fence: 1, mode: "live" as const, fresh: true, trigger: { actor } };
    const claim = { run, flowId: randomUUID(), cancelRequested: false, letIn: false, versionId: null };
    expect(await guard.stops(claim, planFlow(document, registry))).toBeUndefined();
    return query.mock.calls.length;
  };
  expect(await asked(read, system)).toBe(0);
  expect(await asked(suspend, eve)).toBe(1);
  expect(await asked(suspend, eve)).toBe(0);
  expect(await asked(suspend, system)).toBe(1);
  query.mockRestore();
});
