import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { MASK } from "../../cards/mask.ts";
import { SAMPLE_ACTIVE_RULE_ID } from "../../connectors/okta/rules/rule-samples.ts";
import {
  SAMPLE_GROUP_ID,
  SAMPLE_LOCKED_LOGIN,
  SAMPLE_PASSWORD,
  SAMPLE_USER_ID,
} from "../../connectors/okta/samples.ts";
import { type JsonObject, jsonObjectSchema } from "../../flow/json.ts";
import { registry } from "../../registry.ts";
import type { Actor } from "../accounts/actor.ts";
import { clientOf } from "../connections/client-of.ts";
import { createConnection } from "../connections/create-connection.ts";
import { connectionByAlias } from "../connections/find-connection.ts";
import { openTestOrg } from "../connections/test-org.ts";
import { testCard } from "./test-card.ts";

const owner: Actor = { kind: "user", id: "1", name: "Ann", role: "owner" };
let org: Awaited<ReturnType<typeof openTestOrg>>;

beforeAll(async () => {
  org = await openTestOrg();
  const { url: orgUrl, token } = org.sandbox;
  await createConnection(owner, { name: "Sandbox", alias: "okta", orgUrl, token });
});
afterAll(() => org.close());
beforeEach(() => org.sandbox.reset());

const attempt = (card: string, inputs: JsonObject, options: Record<string, string> = {}) =>
  testCard(owner, card, { connection: "okta", options, inputs, confirmWrite: true });

async function run(card: string, inputs: JsonObject, options: Record<string, string> = {}) {
  const result = await attempt(card, inputs, options);
  expect(result.error, card).toBeUndefined();
  return jsonObjectSchema.parse(result.outputs);
}

/** What the card finds when it looks for the outcome of an attempt that began at `now`. */
async function readBack(card: string, inputs: JsonObject, now: Date) {
  const client = clientOf(await connectionByAlias("okta"));
  return registry.card(card)?.readBack?.({ inputs, options: {}, client, now, room: 0, wanted: () => true });
}

const user = SAMPLE_USER_ID;

describe("a locked user", () => {
  it("is found by filter, unlocked, and a look back sees it", async () => {
    const locked = () =>
      run("okta.users.listWithFilter", { status: "LOCKED_OUT", login: SAMPLE_LOCKED_LOGIN });
    const { id } = await locked();
    const now = new Date();
    expect(await readBack("okta.users.unlock", { user: id ?? null }, now)).toBeNull();
    await run("okta.users.unlock", { user: id ?? null });
    expect((await locked()).id).toBeNull();
    expect(await readBack("okta.users.unlock", { user: id ?? null }, now)).toEqual({
      statusCode: 200,
      rawBody: null,
    });
  });
});

describe("a user's password", () => {
  const login = { user, oldPassword: SAMPLE_PASSWORD, newPassword: "Staple-Battery-57" };

  it("is changed once, and a look back sees that it was", async () => {
    const now = new Date();
    expect(await readBack("okta.users.changePassword", login, now)).toBeNull();
    await run("okta.users.changePassword", login);
    expect(await readBack("okta.users.changePassword", login, now)).toMatchObject({ statusCode: 200 });
    expect((await attempt("okta.users.changePassword", login)).error).toMatchObject({ code: "E0000014" });
  });

  it("and what opens the account never show", async () => {
    const shown = [
      await attempt("okta.users.resetPassword", { user }, { sendEmail: "no" }),
      await attempt("okta.users.reactivate", { user }, { sendEmail: "no" }),
    ];
    expect(shown.map(({ outputs }) => outputs)).toMatchObject([
      { resetPasswordUrl: MASK },
      { activationUrl: MASK, activationToken: MASK },
    ]);
    for (const { exchanges } of shown)
      expect(JSON.stringify(exchanges)).not.toMatch(/https?:.*(reset|welcome)/);
    org.sandbox.reset();
    const temporary = await attempt("okta.users.expirePassword", { user }, { temporaryPassword: "yes" });
    expect(temporary.outputs).toMatchObject({ tempPassword: MASK });
    expect(JSON.stringify(temporary.exchanges)).not.toContain("Tmp1");
  });
});

describe("a group", () => {
  it("is created, found by its name, changed without losing the rest, and deleted", async () => {
    const now = new Date();
    const given = { name: "Night Shift", description: "22:00 to 6:00" };
    expect(await readBack("okta.groups.create", given, now)).toBeNull();
    const { id } = await run("okta.groups.create", given);
    expect(await readBack("okta.groups.create", given, now)).toMatchObject({ id });
    expect(await run("okta.groups.getByName", { name: "night shift" })).toMatchObject({ id });
    expect(await run("okta.groups.getByName", { name: "night" })).toMatchObject({ id: null });
    const group = id ?? null;
    const renamed = await run("okta.groups.update", { group, name: "Late Shift" });
    expect(renamed.profile).toEqual({ name: "Late Shift", description: "22:00 to 6:00" });
    const cleared = await run("okta.groups.update", { group, description: null });
    expect(cleared.profile).toEqual({ name: "Late Shift" });
    await run("okta.groups.delete", { group });
    expect(await readBack("okta.groups.delete", { group }, now)).toEqual({ statusCode: 204, rawBody: null });
  });

  it("that refuses a user keeps no other from taking them", async () => {
    const { id } = await run("okta.groups.getByName", { name: "Quarantine" });
    const given = { groups: ["00gNone", id ?? ""], user };
    expect((await attempt("okta.groups.addUserToMultiple", given)).error).toMatchObject({
      code: "groups-refused",
      message: expect.stringContaining("1 of 2 groups"),
    });
    const { users } = await run("okta.groups.listMembers", { group: id ?? null });
    expect(users).toMatchObject([{ id: user }]);
    expect(await run("okta.groups.addUserToMultiple", given, { refusal: "report" })).toMatchObject({
      allAdded: false,
      results: [{ added: false, errorCode: "E0000007" }, { added: true }],
    });
  });
});

describe("an attribute", () => {
  it("is cleared on purpose, the org's own too, and never by being left empty", async () => {
    const profile = { title: "Lead", badgeNumber: 42, city: "Oslo" };
    expect((await run("okta.users.update", { user, profile })).profile).toMatchObject(profile);
    const given = { user, profile: { title: null, badgeNumber: null, city: "", state: "Viken" } };
    const cleared = await run("okta.users.update", given);
    expect(cleared.profile).toMatchObject({ city: "Oslo", state: "Viken" });
    expect(cleared.profile).not.toHaveProperty("title");
    expect(cleared.profile).not.toHaveProperty("badgeNumber");
  });
});

describe("somebody who is not there", () => {
  const nobody = "00uNobodyAtAll000005d";

  it("is a status, where a card lists it as one", async () => {
    expect(await run("okta.users.deactivate", { user: nobody })).toEqual({ statusCode: 404, rawBody: null });
    expect(await run("okta.users.delete", { user: nobody })).toEqual({ statusCode: 404, rawBody: null });
    const membership = { group: SAMPLE_GROUP_ID, user: nobody };
    expect(await run("okta.groups.addUser", membership)).toEqual({ status: 404, rawBody: null });
    expect(await run("okta.groups.removeUser", membership)).toEqual({ status: 404, rawBody: null });
  });

  it("is a failure of Custom API Action, or its answer where that is chosen", async () => {
    const inputs = { relativeUrl: `/api/v1/users/${nobody}` };
    expect((await attempt("okta.api.custom", inputs)).error).toMatchObject({ code: "E0000007", status: 404 });
    expect(await run("okta.api.custom", inputs, { refusal: "give" })).toMatchObject({
      statusCode: 404,
      body: { errorCode: "E0000007" },
    });
  });
});

describe("a group rule", () => {
  it("is created, activated, changed while it is off, and deleted", async () => {
    const now = new Date();
    const { id: target } = await run("okta.groups.getByName", { name: "Quarantine" });
    const given = {
      name: "Watched",
      expressionConditions: 'user.login=="ann.lee@example.com"',
      groups: [target ?? ""],
    };
    expect(await readBack("okta.rules.create", given, now)).toBeNull();
    const rule = (await run("okta.rules.create", given)).id ?? null;
    expect(await readBack("okta.rules.create", given, now)).toMatchObject({ id: rule });
    expect(await readBack("okta.rules.activate", { rule }, now)).toBeNull();
    await run("okta.rules.activate", { rule });
    expect(await readBack("okta.rules.activate", { rule }, now)).toEqual({ statusCode: 204, rawBody: null });
    expect((await run("okta.groups.listMembers", { group: target ?? null })).users).toMatchObject([
      { id: user },
    ]);
    expect((await attempt("okta.rules.update", { rule, name: "Seen" })).error).toMatchObject({
      code: "E0000001",
    });
    await run("okta.rules.deactivate", { rule });
    expect(await run("okta.rules.update", { rule, name: "Seen", excludedUsers: [user] })).toMatchObject({
      name: "Seen",
      expressionConditions: given.expressionConditions,
      excludedUsers: [user],
    });
    expect(await run("okta.rules.delete", { rule })).toEqual({ statusCode: 202, rawBody: {} });
  });

  it("is read with the names of its groups", async () => {
    expect(await run("okta.rules.read", { rule: SAMPLE_ACTIVE_RULE_ID })).toMatchObject({
      status: "ACTIVE",
      groupAssignments: [{ name: "Human Resources" }],
    });
  });
});

describe("an admin role", () => {
  it("is assigned once, and a look back sees it", async () => {
    const given = { user, role: "APP_ADMIN" };
    const now = new Date();
    expect(await readBack("okta.roles.assignToUser", given, now)).toBeNull();
    const { id } = await run("okta.roles.assignToUser", given);
    expect(await readBack("okta.roles.assignToUser", given, now)).toMatchObject({ id });
    expect((await attempt("okta.roles.assignToUser", given)).error).toMatchObject({ code: "E0000090" });
  });
});

describe("the System Log", () => {
  it("tells what was done to a user, newest first, and ends", async () => {
    await run("okta.users.suspend", { user });
    await run("okta.groups.addUser", { group: SAMPLE_GROUP_ID, user });
    await run("okta.users.unsuspend", { user });
    const about = { targetId: user, sortOrder: "DESCENDING" };
    const newest = await run("okta.logs.search", about);
    expect(newest).toMatchObject({ eventType: "user.lifecycle.unsuspend", outcome: { result: "SUCCESS" } });
    const all = await run("okta.logs.search", { targetId: user }, { resultSet: "all" });
    expect(all.logs).toMatchObject([
      { eventType: "user.lifecycle.suspend" },
      { eventType: "user.lifecycle.unsuspend" },
    ]);
  });
});
