import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { JsonObject } from "#lib/flow/json.ts";
import type { FlowSettings } from "#lib/flow/settings.ts";
import { registry } from "#lib/registry.ts";
import type { Actor } from "../accounts/actor.ts";
import { addConnection, addFlow, documentOf, openTestDatabase } from "../db/test-records.ts";
import { retryExecution } from "../executions/retry-execution.ts";
import { readLogEvent } from "../intake/log-event.ts";
import { receiveEvents } from "../intake/receive-events.ts";
import { log } from "../log.ts";
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

/** A flow that listens, and how often it ran of so many events. */
async function stage(self: { adminLogin?: string; clientId?: string }, settings: FlowSettings) {
  const connection = await addConnection(db);
  await db.prisma.connection.update({ where: { id: connection.id }, data: self });
  const document = documentOf({
    cards: { e: { card: "okta.groups.userAdded", v: 1, connection: connection.alias } },
    settings,
  });
  const { id } = await addFlow(db, {
    document,
    listensTo: { connectionId: connection.id, eventTypes: [TYPE] },
  });
  const executor = createExecutor({ database: db, registry, connections: new TestOrg().connections });
  let minutes = 0;
  const arrive = async (user: string, actor: JsonObject) => {
    const event = readLogEvent({
      uuid: randomUUID(),
      eventType: TYPE,
      published: new Date(Date.UTC(2026, 10, 22, 9, minutes++)).toISOString(),
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
  return { arrive, executor, wait: (more: number) => (minutes += more) };
}

const admin = { id: "00uADMIN", type: "User", alternateId: "Admin@acme.example" };
const ranOf = (executions: { ran: boolean }[]) => executions.map(({ ran }) => ran);

it("stops a flow that starts itself after as many executions about a user as its settings allow", async () => {
  const { arrive, executor, wait } = await stage({ adminLogin: "admin@acme.example" }, { runsPerUser: 3 });
  const first = [await arrive("ann", admin), await arrive("ann", admin), await arrive("ann", admin)];
  expect(ranOf(first)).toEqual([true, true, true]);
  const fourth = await arrive("ann", admin);
  expect(fourth).toMatchObject({
    status: "succeeded",
    ran: false,
    reason: expect.stringMatching(
      /^Stopped as a loop: this is execution 4 about the same user .* allow 3\.$/,
    ),
  });
  // Others are not kept from running, neither other people nor what other actors do.
  expect((await arrive("ben", admin)).ran).toBe(true);
  expect((await arrive("ann", { id: "00uEVE", type: "User", alternateId: "eve@acme.example" })).ran).toBe(
    true,
  );
  // A person who retries it has looked.
  const again = await retryExecution(owner, fourth.id, { from: "start", version: "same" });
  await executor.run(again.executionId);
  expect((await db.prisma.execution.findUniqueOrThrow({ where: { id: again.executionId } })).ran).toBe(true);
  // An hour later it may run as often again.
  wait(61);
  expect((await arrive("ann", admin)).ran).toBe(true);
});

it("knows an app by its client id, and allows 20 where the flow does not say", async () => {
  const { arrive } = await stage({ clientId: "0oaFLOWDECK" }, {});
  const app = { id: "0oaFLOWDECK", type: "PublicClientApp", alternateId: "0oaFLOWDECK" };
  const ran: boolean[] = [];
  for (let number = 0; number < 22; number++) ran.push((await arrive("ann", app)).ran);
  expect(ran).toEqual([...Array(20).fill(true), false, false]);
});
