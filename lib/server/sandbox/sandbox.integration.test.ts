import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "../accounts/actor.ts";
import { createConnection } from "../connections/create-connection.ts";
import { openTestOrg } from "../connections/test-org.ts";
import { actInSandbox } from "./act-in-sandbox.ts";
import { getSandbox } from "./get-sandbox.ts";
import type { SandboxAction } from "./sandbox-calls.ts";
import { deliverAgain, getSandboxDelivery, listSandboxDeliveries } from "./sandbox-deliveries.ts";
import { getSandboxEventSample, injectSandboxEvent, listSandboxEventTypes } from "./sandbox-events.ts";
import { setSandboxFaults } from "./sandbox-faults.ts";
import { listSandboxLog } from "./sandbox-log.ts";

const owner: Actor = { kind: "user", id: "1", name: "Ann", role: "owner" };
let org: Awaited<ReturnType<typeof openTestOrg>>;

beforeAll(async () => {
  org = await openTestOrg();
  const { url: orgUrl, token } = org.sandbox;
  await createConnection(owner, { name: "Sandbox", alias: "sandbox", orgUrl, token });
});
afterAll(() => org.close());
beforeEach(() => org.sandbox.faults.set([]));

const act = (action: SandboxAction) => actInSandbox(owner, action);
const newest = async () => (await listSandboxLog(owner, { limit: 1 })).events[0];

async function person(login: string) {
  const { people } = await getSandbox(owner);
  const found = people.find((one) => one.login === login);
  if (!found) throw new Error(`${login} is not there.`);
  return found;
}

async function created(email: string) {
  await act({
    action: "createUser",
    firstName: "Tess",
    lastName: "Tester",
    email,
    password: "Correct-Horse-42",
  });
  return person(email);
}

describe("acting as an admin", () => {
  it("creates, changes and clears a profile, and deletes in two steps", async () => {
    const email = "profile@tests.example";
    const { id, status } = await created(email);
    expect(status).toBe("ACTIVE");
    await act({ action: "updateProfile", userId: id, profile: { department: "Sales", title: "Rep" } });
    expect(await person(email)).toMatchObject({ department: "Sales", title: "Rep" });
    await act({ action: "updateProfile", userId: id, profile: { title: "" } });
    expect(await person(email)).toMatchObject({ department: "Sales", title: null });
    await act({ action: "deactivate", userId: id });
    await act({ action: "deleteUser", userId: id });
    await expect(person(email)).rejects.toThrow("not there");
  });

  it.each<[Extract<SandboxAction, { userId: string }>["action"], string, string]>([
    ["suspend", "user.lifecycle.suspend", "SUSPENDED"],
    ["unsuspend", "user.lifecycle.unsuspend", "ACTIVE"],
    ["lockOut", "user.account.lock", "LOCKED_OUT"],
    ["unlock", "user.account.unlock_by_admin", "ACTIVE"],
    ["signIn", "user.session.start", "ACTIVE"],
    ["clearSessions", "user.session.clear", "ACTIVE"],
    ["resetFactors", "user.mfa.factor.reset_all", "ACTIVE"],
    ["expirePassword", "user.account.expire_password", "PASSWORD_EXPIRED"],
    ["resetPassword", "user.account.reset_password", "RECOVERY"],
    ["reactivate", "user.lifecycle.reactivate", "RECOVERY"],
    ["deactivate", "user.lifecycle.deactivate", "DEPROVISIONED"],
    ["activate", "user.lifecycle.activate", "PROVISIONED"],
  ])("%s writes %s and leads to %s", async (action, eventType, status) => {
    const email = "steps@tests.example";
    const { people } = await getSandbox(owner);
    const { id } = people.find(({ login }) => login === email) ?? (await created(email));
    await act({ action, userId: id } as SandboxAction);
    expect(await newest()).toMatchObject({
      eventType,
      targets: expect.arrayContaining(["Tess Tester (User)"]),
    });
    expect(await person(email)).toMatchObject({ status });
  });

  it("fills groups and applications, and empties them again", async () => {
    const { id: userId } = await created("member@tests.example");
    await act({ action: "createGroup", name: "Testers", description: "Who test" });
    const group = (await getSandbox(owner)).groups.find(({ name }) => name === "Testers");
    const groupId = group?.id ?? "";
    const appId = (await getSandbox(owner)).apps.find(({ label }) => label === "Cafeteria Menu")?.id ?? "";
    const app = async () => (await getSandbox(owner)).apps.find(({ id }) => id === appId);
    await act({ action: "addToGroup", userId, groupId });
    await act({ action: "assignGroup", appId, groupId });
    expect(await app()).toMatchObject({ users: [userId], throughGroup: [userId], groups: [groupId] });
    await act({ action: "unassignGroup", appId, groupId });
    await act({ action: "assignUser", appId, userId });
    expect(await app()).toMatchObject({ users: [userId], throughGroup: [], groups: [] });
    await act({ action: "unassignUser", appId, userId });
    await act({ action: "deactivateApp", appId });
    expect(await app()).toMatchObject({ users: [], status: "INACTIVE" });
    await act({ action: "activateApp", appId });
    await act({ action: "removeFromGroup", userId, groupId });
    expect((await person("member@tests.example")).groups).not.toContain(groupId);
    await act({ action: "deleteGroup", groupId });
    expect((await getSandbox(owner)).groups.map(({ id }) => id)).not.toContain(groupId);
  });

  it("switches rules on and off", async () => {
    const rule = async () => (await getSandbox(owner)).rules.find(({ name }) => name === "Engineers");
    const ruleId = (await rule())?.id ?? "";
    await act({ action: "activateRule", ruleId });
    expect(await rule()).toMatchObject({ status: "ACTIVE" });
    await act({ action: "deactivateRule", ruleId });
    expect(await rule()).toMatchObject({ status: "INACTIVE" });
  });

  it("says what the org says when it refuses", async () => {
    const { id: userId } = await created("refused@tests.example");
    await expect(act({ action: "unlock", userId })).rejects.toMatchObject({ code: "upstream-failed" });
    await act({ action: "suspend", userId });
    await expect(act({ action: "lockOut", userId })).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("looking", () => {
  it("counts as no call of the org", async () => {
    const before = org.sandbox.counters.json().reads;
    await getSandbox(owner);
    await listSandboxLog(owner, { limit: 5 });
    await listSandboxDeliveries(owner);
    expect(org.sandbox.counters.json().reads).toBe(before);
  });

  it("finds in the log by words", async () => {
    await created("findme@tests.example");
    const { events } = await listSandboxLog(owner, { text: "findme user.lifecycle.create", limit: 10 });
    expect(events).toHaveLength(1);
    expect(events[0]?.event).toMatchObject({ eventType: "user.lifecycle.create" });
  });
});

describe("deliveries", () => {
  it("are seen with their body, and sent again", async () => {
    await created("delivered@tests.example");
    const uuid = org.sandbox.org.log.records.findLast(
      ({ eventType }) => eventType === "user.lifecycle.create",
    )?.uuid;
    const of = async () =>
      org.sandbox.counters.recentDeliveries().find(({ eventUuids }) => eventUuids[0] === uuid);
    await expect.poll(of, { timeout: 5_000 }).toMatchObject({ status: "delivered" });
    const first = (await listSandboxDeliveries(owner)).deliveries[0];
    const id = first?.id ?? 0;
    const { body } = await getSandboxDelivery(owner, id);
    expect(body).toMatchObject({ eventId: first?.eventId, data: { events: [{}] } });
    expect(await deliverAgain(owner, id)).toMatchObject({ status: "delivered", againOf: id, answered: 204 });
  });

  it("are not found when they are gone", async () => {
    await expect(getSandboxDelivery(owner, 4711)).rejects.toMatchObject({ code: "not-found" });
    await expect(deliverAgain(owner, 4711)).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("events", () => {
  it("are injected from their sample, changed by hand", async () => {
    const { eventTypes } = await listSandboxEventTypes(owner);
    expect(eventTypes).toContain("user.risk.detect");
    const sample = await getSandboxEventSample(owner, "user.risk.detect");
    const { uuid } = await injectSandboxEvent(owner, { ...sample, displayMessage: "By hand" });
    expect(await newest()).toMatchObject({ message: "By hand", event: { uuid } });
  });

  it("say what is wrong with them", async () => {
    const wrong = injectSandboxEvent(owner, { eventType: "user.risk.detect", severity: "DIRE" });
    await expect(wrong).rejects.toMatchObject({ code: "bad-request" });
    await expect(getSandboxEventSample(owner, "nothing")).rejects.toMatchObject({ code: "bad-request" });
  });
});

describe("faults", () => {
  it("are switched on, seen, felt and switched off", async () => {
    const { id: userId } = await created("faulty@tests.example");
    await setSandboxFaults(owner, [{ fault: "503", method: "POST" }]);
    expect((await getSandbox(owner)).faults).toMatchObject([{ fault: "503", method: "POST" }]);
    await expect(act({ action: "suspend", userId })).rejects.toMatchObject({ code: "upstream-failed" });
    await setSandboxFaults(owner, []);
    await act({ action: "suspend", userId });
    expect((await getSandbox(owner)).faults).toEqual([]);
  });

  it("leave in doubt whether something was changed where the connection was lost after it", async () => {
    const { id: userId } = await created("doubted@tests.example");
    await setSandboxFaults(owner, [{ fault: "reset-after", method: "POST" }]);
    await expect(act({ action: "suspend", userId })).rejects.toMatchObject({ body: { inDoubt: true } });
    await setSandboxFaults(owner, []);
    await expect(act({ action: "suspend", userId })).rejects.toMatchObject({ code: "upstream-failed" });
  });
});

it("records who did what, not with which values", async () => {
  const rows = await org.prisma.auditEntry.findMany({ where: { action: "sandbox.act" } });
  expect(rows.map(({ detail }) => detail)).toContainEqual({ action: "createUser" });
  expect(JSON.stringify(rows.map(({ detail }) => detail))).not.toContain("Correct-Horse-42");
});

it("goes back to the beginning", async () => {
  await act({ action: "reset" });
  expect((await getSandbox(owner)).people).toHaveLength(60);
});
