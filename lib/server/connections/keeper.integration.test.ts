import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { faultsSchema } from "../../../sandbox/control/faults.ts";
import type { Actor } from "../accounts/actor.ts";
import { closeAlarm, listAlarms } from "../alarms/alarms.ts";
import { addFlow } from "../db/test-records.ts";
import { log } from "../log.ts";
import { updateConnection } from "./change-connection.ts";
import { keepHooks, readLogs } from "./connection-keeper.ts";
import { createConnection } from "./create-connection.ts";
import { sealCredentials } from "./credentials.ts";
import { getConnection } from "./list-connections.ts";
import { openTestOrg } from "./test-org.ts";

const owner: Actor = { kind: "user", id: "1", name: "Ann", role: "owner" };
/** Nobody listens there. */
const DOWN = "http://127.0.0.1:1";

let org: Awaited<ReturnType<typeof openTestOrg>>;
let names = 0;

beforeAll(async () => {
  log.level = "silent";
  org = await openTestOrg();
});
afterAll(() => org.close());
afterEach(async () => {
  org.sandbox.reset();
  await org.prisma.connection.deleteMany();
  await org.prisma.alarm.deleteMany();
});

const connect = (token = org.sandbox.token) =>
  createConnection(owner, { name: "Acme", alias: `org-${++names}`, orgUrl: org.sandbox.url, token });
const alarms = async () => (await listAlarms(owner)).alarms;

describe("connections behind one whose org is down", () => {
  it("are looked after all the same", async () => {
    const down = await connect();
    const behind = await connect();
    // Its name was never asked for, so that the round begins with a call that gets no answer.
    await org.prisma.connection.update({ where: { id: down.id }, data: { orgUrl: DOWN, adminLogin: null } });
    const listensTo = { connectionId: behind.id, eventTypes: ["group.lifecycle.create"] };
    await addFlow(org, { listensTo });
    await keepHooks();
    expect((await getConnection(owner, down.id)).intake.hookStatus).toBe("failed");
    expect((await getConnection(owner, behind.id)).intake).toMatchObject({
      hookStatus: "verified",
      eventTypes: listensTo.eventTypes,
    });
  });

  it("are read from the log all the same, also where a secret can't be read", async () => {
    const first = await connect();
    const behind = await connect();
    const eventTypes = ["group.lifecycle.create"];
    for (const { id } of [first, behind]) await addFlow(org, { listensTo: { connectionId: id, eventTypes } });
    const elsewhere = sealCredentials(behind.id, { kind: "apiToken", token: "x" });
    await org.prisma.connection.update({
      where: { id: first.id },
      data: { ...elsewhere, hookStatus: "failed" },
    });
    await readLogs();
    expect((await getConnection(owner, first.id)).intake.logReadAt).toBeNull();
    expect((await getConnection(owner, behind.id)).intake.logReadAt).not.toBeNull();
  });
});

describe("a token that may not register a hook", () => {
  it("raises one alarm that says what it lacks, which ends when another token may", async () => {
    const { id } = await connect(org.sandbox.readOnlyToken);
    await keepHooks();
    await keepHooks();
    const [alarm, ...others] = await alarms();
    expect(others).toEqual([]);
    expect(alarm).toMatchObject({ kind: "connection-hook", objectId: id, count: 1 });
    expect(alarm?.message).toContain("The admin the API token belongs to needs the role Super Administrator");
    const { status, intake } = await getConnection(owner, id);
    expect(status).toBe("connected");
    expect(alarm?.message).toContain(intake.hookDetail);
    // Put away, it does not come back with the next round.
    await closeAlarm(owner, alarm?.id ?? "");
    await keepHooks();
    expect(await alarms()).toEqual([]);
    await updateConnection(owner, id, { token: org.sandbox.token });
    expect((await getConnection(owner, id)).intake).toMatchObject({
      hookStatus: "verified",
      hookDetail: null,
    });
  });

  it("has its alarm closed by the hook that works", async () => {
    const { id } = await connect(org.sandbox.readOnlyToken);
    expect(await alarms()).toHaveLength(1);
    await updateConnection(owner, id, { token: org.sandbox.token });
    expect(await alarms()).toEqual([]);
  });
});

describe("a token that is dead, where flows only listen", () => {
  it.each([
    ["hook", keepHooks],
    ["log", readLogs],
  ])(
    "breaks the connection with one alarm when the %s is looked after, and a new one mends it",
    async (_what, round) => {
      const { id } = await connect();
      await addFlow(org, { listensTo: { connectionId: id, eventTypes: ["group.lifecycle.create"] } });
      const dead = sealCredentials(id, { kind: "apiToken", token: "00dead" });
      await org.prisma.connection.update({ where: { id }, data: dead });
      await round();
      await round();
      expect((await getConnection(owner, id)).status).toBe("broken");
      expect(await alarms()).toMatchObject([{ kind: "connection-broken", objectId: id, count: 1 }]);
      await updateConnection(owner, id, { token: org.sandbox.token });
      await round();
      expect((await getConnection(owner, id)).status).toBe("connected");
      expect(await alarms()).toEqual([]);
    },
  );
});

it("an org that answers badly for a while raises no alarm: the next round mends it", async () => {
  const { id } = await connect();
  org.sandbox.faults.set(faultsSchema.parse({ rules: [{ fault: "500" }] }).rules);
  await keepHooks();
  expect((await getConnection(owner, id)).intake.hookStatus).toBe("failed");
  expect(await alarms()).toEqual([]);
});

it("counts the hooks of the org, whoever made them", async () => {
  const { id } = await connect();
  const other = await connect();
  await keepHooks();
  const row = (connectionId: string) =>
    org.prisma.connection.findUniqueOrThrow({ where: { id: connectionId }, select: { orgHooks: true } });
  expect(await row(id)).toEqual({ orgHooks: 2 });
  expect(await row(other.id)).toEqual({ orgHooks: 2 });
});
