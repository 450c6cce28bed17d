import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Actor } from "../accounts/actor.ts";
import { addConnection, addFlow, documentOf, openTestDatabase } from "../db/test-records.ts";
import { readLogEvent } from "../intake/log-event.ts";
import { receiveEvents } from "../intake/receive-events.ts";
import { oktaEvent } from "../intake/test-events.ts";
import { whyNotRun } from "./why-not.ts";

const actor: Actor = { kind: "user", id: "u1", name: "Joe", role: "owner" };
const TYPE = "group.user_membership.add";
let db: Awaited<ReturnType<typeof openTestDatabase>>;
let connection: Awaited<ReturnType<typeof addConnection>>;

beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  connection = await addConnection(db);
});

async function flowThat({ on = true, published = true } = {}) {
  const event = { card: "okta.groups.userAdded", v: 1, connection: connection.alias };
  const flow = await addFlow(db, {
    document: documentOf({ cards: { e: event } }),
    ...(on ? { listensTo: { connectionId: connection.id, eventTypes: [TYPE] } } : {}),
  });
  if (on) await db.prisma.auditEntry.create({ data: { actor: "Joe", action: "flow.on", objectId: flow.id } });
  if (!published) {
    await db.prisma.flow.update({ where: { id: flow.id }, data: { liveVersionId: null } });
    await db.prisma.flowVersion.deleteMany({ where: { flowId: flow.id } });
  }
  return flow.id;
}

async function arrives(eventType = TYPE, connectionId = connection.id): Promise<string> {
  const uuid = randomUUID();
  const published = new Date().toISOString();
  const event = readLogEvent({ ...oktaEvent({ uuid, eventType }), published });
  await receiveEvents(db.pool, { connectionId, source: "hook", events: [event] });
  return uuid;
}

const why = (flowId: string, eventId?: string) => whyNotRun(actor, flowId, eventId ? { eventId } : {});

test("it never arrived, and how events arrive", async () => {
  const flow = await flowThat();
  expect(await why(flow)).toMatchObject({
    verdict: "neverArrived",
    text: expect.stringContaining("It has never brought an event."),
    event: null,
    intake: { connection: "Acme", mode: "hook", hookStatus: "none", lastDeliveryAt: null },
    latest: [],
  });
  await arrives("user.session.start");
  expect(await why(flow, "no-such-event")).toMatchObject({
    verdict: "neverArrived",
    text: expect.stringMatching(/^No event with the UUID no-such-event .*not working: none\.$/),
    intake: { lastDeliveryAt: expect.any(String) },
    latest: [{ eventType: "user.session.start" }],
  });
});

test("it waits, ran, failed, or a condition was not met: with the execution", async () => {
  const flow = await flowThat();
  const uuid = await arrives();
  const { executionId, ...queued } = await why(flow, uuid);
  expect(queued).toMatchObject({ verdict: "pending", event: { uuid, eventType: TYPE } });
  const ends = async (data: { status: string; ran?: boolean; reason?: string }) => {
    await db.prisma.execution.update({ where: { id: executionId ?? "" }, data });
    return why(flow);
  };
  expect(await ends({ status: "succeeded" })).toMatchObject({ verdict: "ran", executionId });
  expect(await ends({ status: "failed", reason: "Okta said no." })).toMatchObject({
    verdict: "ran",
    text: "The flow did run for this event, and failed: Okta said no.",
  });
  const reason = "Did not run, because the group is Legal.";
  expect(await ends({ status: "succeeded", ran: false, reason })).toMatchObject({
    verdict: "conditionNotMet",
    text: reason,
    executionId,
  });
});

test("the flow was off when it arrived, though it is on now", async () => {
  const flow = await flowThat({ on: false });
  expect(await why(flow)).toMatchObject({ verdict: "off" });
  const uuid = await arrives();
  expect(await why(flow, uuid)).toMatchObject({
    verdict: "off",
    hint: expect.stringContaining("Turn the flow on"),
  });
  await db.prisma.flow.update({ where: { id: flow }, data: { on: true } });
  await db.prisma.auditEntry.create({
    data: { actor: "Joe", action: "flow.off", objectId: flow, at: new Date(Date.now() - 60_000) },
  });
  await db.prisma.auditEntry.create({
    data: { actor: "Joe", action: "flow.on", objectId: flow, at: new Date(Date.now() + 60_000) },
  });
  expect(await why(flow, uuid)).toMatchObject({
    verdict: "off",
    hint: expect.stringContaining("It is on now"),
  });
});

test("the flow was never published, or not yet", async () => {
  const flow = await flowThat({ on: false, published: false });
  expect(await why(flow)).toMatchObject({ verdict: "neverPublished" });
  expect(await why(flow, await arrives())).toMatchObject({ verdict: "neverPublished" });
});

test("the flow listens to another type, or to another org", async () => {
  const flow = await flowThat();
  expect(await why(flow, await arrives("user.session.start"))).toMatchObject({
    verdict: "notListening",
    text: `The event is of the type user.session.start; the flow listened to ${TYPE}.`,
  });
  const other = await addConnection(db);
  expect(await why(flow, await arrives(TYPE, other.id))).toMatchObject({
    verdict: "notListening",
    text: "The event came from another connection; the flow listens to “Acme”.",
  });
});

test("the execution is not kept any more", async () => {
  const flow = await flowThat();
  const uuid = await arrives();
  await db.prisma.execution.deleteMany({ where: { flowId: flow } });
  expect(await why(flow, uuid)).toMatchObject({ verdict: "notKept" });
});

test("there is no such flow", async () => {
  await expect(why(randomUUID())).rejects.toMatchObject({ code: "not-found" });
});
