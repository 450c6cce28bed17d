import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SAMPLE_APP_ID, SAMPLE_OTHER_APP_ID } from "../../connectors/okta/apps/app-samples.ts";
import { SAMPLE_SOURCE_ID } from "../../connectors/okta/imports/import-fields.ts";
import { SAMPLE_MANAGER_ID } from "../../connectors/okta/linked-objects/linked-object-inputs.ts";
import { SAMPLE_USER_ID } from "../../connectors/okta/samples.ts";
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

async function run(card: string, inputs: JsonObject, options: Record<string, string> = {}) {
  const result = await testCard(owner, card, { connection: "okta", options, inputs, confirmWrite: true });
  expect(result.error, card).toBeUndefined();
  return jsonObjectSchema.parse(result.outputs);
}

/** What the card finds when it looks for the outcome of an attempt that began at `now`. */
async function readBack(card: string, inputs: JsonObject, now: Date) {
  const client = clientOf(await connectionByAlias("okta"));
  return registry.card(card)?.readBack?.({ inputs, options: {}, client, now, room: 0, wanted: () => true });
}

describe("a user and an application", () => {
  const at = { application: SAMPLE_OTHER_APP_ID, user: SAMPLE_USER_ID };

  it("are assigned, changed and parted again", async () => {
    const assigned = await run("okta.apps.assignUserWithProfile", { ...at, profile: { approvalLimit: 500 } });
    expect(assigned).toMatchObject({ scope: "USER", profile: { approvalLimit: 500, given_name: "Ann" } });
    const changed = await run("okta.apps.updateProfile", {
      ...at,
      userName: "ann",
      profile: { approvalLimit: 900 },
    });
    expect(changed).toMatchObject({ credentials: { userName: "ann" }, profile: { approvalLimit: 900 } });
    const found = await run("okta.apps.listUsers", { application: at.application, query: "ann" });
    expect(found.users).toMatchObject([{ id: SAMPLE_USER_ID, credentials: { userName: "ann" } }]);
    expect(await run("okta.apps.removeUser", at)).toEqual({ status: 204, rawBody: null });
  });

  it("are found assigned by a look back only since the attempt, and parted once they are", async () => {
    const began = new Date();
    expect(await readBack("okta.apps.assignUser", at, began)).toBeNull();
    await run("okta.apps.assignUser", at);
    expect(await readBack("okta.apps.assignUser", at, began)).toMatchObject({ id: SAMPLE_USER_ID });
    expect(await readBack("okta.apps.assignUser", at, new Date(Date.now() + 60_000))).toBeNull();
    expect(await readBack("okta.apps.removeUser", at, began)).toBeNull();
    await run("okta.apps.removeUser", at);
    expect(await readBack("okta.apps.removeUser", at, began)).toEqual({ status: 204, rawBody: null });
  });
});

describe("an application", () => {
  const at = { application: SAMPLE_APP_ID };

  it("is deactivated before it is deleted, and a look back sees both", async () => {
    const now = new Date();
    const early = await testCard(owner, "okta.apps.delete", {
      connection: "okta",
      options: {},
      inputs: at,
      confirmWrite: true,
    });
    expect(early.error).toMatchObject({ code: "E0000056", status: 403 });
    expect(await readBack("okta.apps.deactivate", at, now)).toBeNull();
    await run("okta.apps.deactivate", at);
    expect(await readBack("okta.apps.deactivate", at, now)).toEqual({ statusCode: 200, rawBody: null });
    await run("okta.apps.delete", at);
    expect(await readBack("okta.apps.delete", at, now)).toEqual({ statusCode: 204, rawBody: null });
  });
});

describe("linked objects", () => {
  it("are read from both sides once they are set, and gone once deleted", async () => {
    const link = { associatedUser: SAMPLE_USER_ID, primaryName: "manager" };
    const reports = { primaryUser: SAMPLE_MANAGER_ID, associatedName: "subordinate" };
    await run("okta.linkedobjects.set", { ...link, primaryUser: SAMPLE_MANAGER_ID });
    expect(await run("okta.linkedobjects.getPrimary", link)).toMatchObject({
      primaryUser: SAMPLE_MANAGER_ID,
    });
    expect(await run("okta.linkedobjects.getAssociated", reports)).toMatchObject({
      associatedUsers: expect.arrayContaining([SAMPLE_USER_ID]),
    });
    await run("okta.linkedobjects.delete", link);
    expect(await run("okta.linkedobjects.getPrimary", link)).toMatchObject({ primaryUser: null });
  });
});

describe("an import", () => {
  const source = { application: SAMPLE_SOURCE_ID };

  it("brings the rows of an HR system into the org", async () => {
    const began = new Date();
    const { id: session = null } = await run("okta.imports.createSession", source);
    expect(await readBack("okta.imports.createSession", source, began)).toMatchObject({ id: session });
    const rows = Array.from({ length: 3 }, (_, index) => ({
      employeeId: 9000 + index,
      mail: `new.hire${index}@example.com`,
      givenName: "New",
      surname: `Hire ${index}`,
    }));
    const attributes = { userName: "mail", email: "mail", firstName: "givenName", lastName: "surname" };
    const mapping = { ...source, externalIdKey: "employeeId", attributes, users: rows };
    const { users = null } = await run("okta.imports.mapAttributes", mapping);
    const load = { ...source, session, users, usersPerPage: 2 };
    expect(await run("okta.imports.bulkUsers", load)).toMatchObject({ recordsImported: 3 });
    expect(await run("okta.imports.triggerSession", { ...source, session })).toMatchObject({ id: session });
    const done = await readBack("okta.imports.triggerSession", { ...source, session }, began);
    expect(done).toMatchObject({ id: session });
    await expect
      .poll(async () => (await run("okta.imports.readSession", { ...source, session })).status)
      .toBe("COMPLETED");
    const found = await run("okta.users.read", { user: "new.hire2@example.com" });
    expect(found).toMatchObject({ profile: { firstName: "New", lastName: "Hire 2" } });
  });

  it("can be given up before it is triggered", async () => {
    const { id: session = null } = await run("okta.imports.createSession", source);
    await run(
      "okta.imports.bulkUsers",
      { ...source, session, users: [{ externalId: "x" }] },
      { importOperation: "delete" },
    );
    const at = { ...source, session };
    expect(await readBack("okta.imports.deleteSession", at, new Date())).toBeNull();
    await run("okta.imports.deleteSession", at);
    expect(await readBack("okta.imports.deleteSession", at, new Date())).toEqual({
      statusCode: 204,
      rawBody: null,
    });
  });
});
