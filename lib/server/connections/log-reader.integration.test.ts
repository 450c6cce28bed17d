import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { MASK } from "#lib/cards/mask-text.ts";
import { faultsSchema } from "../../../sandbox/control/faults.ts";
import type { Actor } from "../accounts/actor.ts";
import { addFlow } from "../db/test-records.ts";
import { log } from "../log.ts";
import { createConnection } from "./create-connection.ts";
import { syncHook } from "./hook.ts";
import { getConnection } from "./list-connections.ts";
import { readLog } from "./log-reader.ts";
import { openTestOrg } from "./test-org.ts";

const owner: Actor = { kind: "user", id: "1", name: "Ann", role: "owner" };
const CREATED = "user.lifecycle.create";
/** In Okta's log, and nothing a hook can deliver. */
const HOOK_CHANGED = "event_hook.updated";
const AT_ONCE = { graceMs: 0 };

let org: Awaited<ReturnType<typeof openTestOrg>>;
let id: string;
let names = 0;

beforeAll(async () => {
  log.level = "silent";
  org = await openTestOrg();
});
afterAll(() => org.close());
beforeEach(async () => {
  const { url: orgUrl, token } = org.sandbox;
  id = (await createConnection(owner, { name: "Sandbox", alias: `org-${++names}`, orgUrl, token })).id;
});
afterEach(async () => {
  org.sandbox.reset();
  await org.prisma.flow.updateMany({ data: { on: false } });
  await org.prisma.connection.deleteMany();
});

async function listening(...eventTypes: string[]) {
  const flow = await addFlow(org, { listensTo: { connectionId: id, eventTypes } });
  await syncHook(id);
  return flow;
}

/** Makes something happen in the org. @returns its uuid */
async function happens(eventType = CREATED, more: object = {}): Promise<string> {
  const answer = await fetch(`${org.sandbox.url}/sandbox/events`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ eventType, ...more }),
  });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { uuid: string }).uuid;
}

const fault = (...rules: object[]) => org.sandbox.faults.set(faultsSchema.parse({ rules }).rules);
const DROP = { fault: "delivery-drop" };
/** Something happens whose delivery is lost; those after it are not. */
async function happensUnheard(): Promise<void> {
  fault({ ...DROP, next: 1 });
  await happens();
  await vi.waitFor(() => expect(org.sandbox.faults.rules).toEqual([]), 20_000);
}
const stored = () => org.prisma.event.findMany({ where: { connectionId: id }, include: { delivery: true } });
const executionsOf = (flow: { id: string }) => org.prisma.execution.count({ where: { flowId: flow.id } });
const intake = async () => (await getConnection(owner, id)).intake;
const cursor = async () => (await org.prisma.connection.findUniqueOrThrow({ where: { id } })).logCursor;

/** From now on Okta can't call us: what openTestOrg made a hook's org counts as one that is read. */
const unhook = () =>
  org.prisma.connectionHook.updateMany({ where: { connectionId: id }, data: { status: "unverified" } });

describe("what the hook missed", () => {
  it("is brought in once, marked and counted, and starts its flow", async () => {
    const flow = await listening(CREATED);
    fault(DROP);
    const missed = [await happens(), await happens()];
    await readLog(id, AT_ONCE);
    await readLog(id, AT_ONCE);
    const events = await stored();
    expect(events.map(({ uuid }) => uuid).sort()).toEqual(missed.sort());
    expect(events).toMatchObject(missed.map(() => ({ recovered: true, delivery: { source: "recovery" } })));
    expect(events.every(({ payload }) => !Object.hasOwn(payload as object, "envelope"))).toBe(true);
    expect(await executionsOf(flow)).toBe(2);
    expect(await intake()).toMatchObject({
      counts: { lastDay: { delivered: 0, recovered: 2, duplicate: 0, late: 0 }, allTime: { recovered: 2 } },
      lastRecoveryAt: expect.any(String),
      logReadAt: expect.any(String),
      logSeenUntil: expect.any(String),
      lagSeconds: expect.any(Number),
    });
  });

  it("is left to the hook while it may come still, and the cursor waits for it", async () => {
    const flow = await listening(CREATED);
    await readLog(id);
    fault(DROP);
    await happens();
    await readLog(id);
    await readLog(id);
    const waiting = await cursor();
    expect(await stored()).toEqual([]);
    // A worker that starts now knows no more than the row; the event is not forgotten.
    await readLog(id, AT_ONCE);
    expect(await executionsOf(flow)).toBe(1);
    expect(await cursor()).not.toBe(waiting);
  });

  it("is not brought in again when the hook was only slow, and what it brought is not the log's", async () => {
    const flow = await listening(CREATED);
    fault({ fault: "delivery-delay", ms: 300 });
    await happens();
    await readLog(id, AT_ONCE);
    await vi.waitFor(async () => expect((await intake()).counts.lastDay.duplicate).toBe(1), 20_000);
    expect(await executionsOf(flow)).toBe(1);
    fault();
    await happens();
    await vi.waitFor(async () => expect(await stored()).toHaveLength(2), 20_000);
    await readLog(id, AT_ONCE);
    expect((await intake()).counts.lastDay).toEqual({ delivered: 1, recovered: 1, duplicate: 1, late: 0 });
  });

  it("does not start a flow that was turned on later", async () => {
    const flow = await listening(CREATED);
    const earlier = new Date(Date.now() - 60_000);
    await org.prisma.flowListener.updateMany({ where: { flowId: flow.id }, data: { since: earlier } });
    fault(DROP);
    const published = new Date(Date.now() - 30_000).toISOString();
    await happens(CREATED, { published });
    const later = await listening(CREATED);
    await happens("user.lifecycle.suspend", { published });
    await listening("user.lifecycle.suspend");
    await readLog(id, AT_ONCE);
    expect([await executionsOf(flow), await executionsOf(later)]).toEqual([1, 0]);
    expect(await stored()).toHaveLength(1);
  });

  it("is found after a restart of the org, whose cursors are no longer good", async () => {
    await listening(CREATED);
    await readLog(id, AT_ONCE);
    const lost = "/api/v1/logs?limit=1000&after=nonsense";
    await org.prisma.connection.update({ where: { id }, data: { logCursor: lost } });
    fault(DROP);
    await happens();
    await readLog(id, AT_ONCE);
    expect(await stored()).toHaveLength(1);
    expect(await cursor()).not.toBe(lost);
  });
});

describe("the System Log alone", () => {
  it("brings what hooks can't deliver, beside the hook", async () => {
    const flow = await listening(CREATED, HOOK_CHANGED);
    expect(await intake()).toMatchObject({
      hookStatus: "verified",
      eventTypes: [CREATED],
      logEventTypes: [HOOK_CHANGED],
    });
    // Changes the hook, and so writes that event.
    await listening("user.lifecycle.suspend");
    await readLog(id);
    expect(await executionsOf(flow)).toBe(1);
    expect(await stored()).toMatchObject([
      { eventType: HOOK_CHANGED, recovered: false, delivery: { source: "log" } },
    ]);
  });

  it("loses and doubles nothing when a hook takes over, or is gone", async () => {
    const flow = await listening(CREATED);
    await unhook();
    await happensUnheard();
    await readLog(id);
    expect(await executionsOf(flow)).toBe(1);
    await happensUnheard();
    // From here on the hook delivers; what was not read yet is the log's still.
    await syncHook(id);
    await happens();
    await vi.waitFor(async () => expect(await stored()).toHaveLength(2), 20_000);
    await readLog(id, AT_ONCE);
    expect(await executionsOf(flow)).toBe(3);
    await unhook();
    await happensUnheard();
    await readLog(id);
    await readLog(id);
    expect(await executionsOf(flow)).toBe(4);
    // The recovered one is about the same person as the one the hook delivered after it.
    expect((await intake()).counts.allTime).toEqual({ delivered: 3, recovered: 1, duplicate: 0, late: 1 });
  });

  it("is not asked while no flow listens", async () => {
    const read = vi.spyOn(org.sandbox.org.log, "after");
    await readLog(id);
    expect(read).not.toHaveBeenCalled();
    await listening(CREATED);
    await readLog(id);
    expect(read).toHaveBeenCalled();
  });

  it("says on the connection why it can't be read, and waits where Okta asks for it", async () => {
    await listening(CREATED);
    fault({ fault: "500" });
    await readLog(id);
    expect((await intake()).logDetail).toContain("500");
    fault({ fault: "429", resetSeconds: 60, next: 1 });
    await readLog(id);
    const { logDetail } = await intake();
    expect(logDetail).toMatch(/rate limit|429/i);
    await readLog(id);
    expect((await intake()).logDetail).toBe(logDetail);
  });

  it("stores no values of hidden attributes, whether the hook missed the event or none brings it", async () => {
    await listening(CREATED, HOOK_CHANGED);
    await org.prisma.connection.update({ where: { id }, data: { hiddenAttributes: ["ssn"] } });
    fault(DROP);
    const debugData = { ssn: "123-45", changes: '{"ssn":"123-45"}', changedAttributes: "ssn" };
    await happens(CREATED, { debugData });
    await happens(HOOK_CHANGED, { debugData });
    await readLog(id, AT_ONCE);
    const payloads = (await stored())
      .filter(({ payload }) => JSON.stringify(payload).includes("changedAttributes"))
      .map(({ payload, delivery }) => ({ payload, source: delivery?.source }));
    const masked = { ssn: MASK, changes: `{"ssn":"${MASK}"}`, changedAttributes: "ssn" };
    const payload = expect.objectContaining({ debugContext: { debugData: expect.objectContaining(masked) } });
    expect(payloads.toSorted((a, b) => `${a.source}`.localeCompare(`${b.source}`))).toEqual([
      { source: "log", payload },
      { source: "recovery", payload },
    ]);
  });

  it("takes in a page twice without doubling, as after a crash before the cursor was saved", async () => {
    const flow = await listening(CREATED);
    await unhook();
    fault(DROP);
    await readLog(id);
    const before = await cursor();
    await happens();
    await readLog(id);
    await org.prisma.connection.update({ where: { id }, data: { logCursor: before } });
    await readLog(id);
    expect(await executionsOf(flow)).toBe(1);
    expect((await intake()).counts.lastDay.duplicate).toBe(0);
  });
});
