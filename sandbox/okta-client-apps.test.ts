import { generateKeyPairSync } from "node:crypto";
import okta from "@okta/okta-sdk-nodejs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Sandbox, startSandbox } from "./server.ts";
import { GOOD_PASSWORD, newProfile } from "./test-client.ts";

// Okta's own client, over the resources of the second half: applications, rules, roles, links, imports, OAuth.
let sandbox: Sandbox;
let client: okta.Client;

beforeAll(async () => {
  for (const name of ["HTTPS_PROXY", "https_proxy"]) delete process.env[name]; // it would tunnel even loopback
  sandbox = await startSandbox();
  client = clientWith({ token: sandbox.token });
});
afterAll(() => sandbox.close());

function clientWith(more: object): okta.Client {
  return new okta.Client({ orgUrl: sandbox.url, cacheMiddleware: null, ...more } as object);
}

async function collect<T>(collection: {
  each: (visit: (item: T | null) => void) => Promise<unknown>;
}): Promise<T[]> {
  const items: T[] = [];
  await collection.each((item) => {
    if (item) items.push(item);
  });
  return items;
}

async function newUser(more: object = {}): Promise<string> {
  const profile = { ...newProfile(), ...more } as unknown as okta.UserProfile;
  const credentials = { password: { value: GOOD_PASSWORD } };
  return String((await client.userApi.createUser({ body: { profile, credentials } })).id);
}
async function newGroup(name: string): Promise<string> {
  return String((await client.groupApi.createGroup({ group: { profile: { name } } })).id);
}

describe("applications", () => {
  it("creates, assigns users and groups, lists, and deletes", async () => {
    const { applicationApi } = client;
    const application = { label: "From the client", name: "bookmark", signOnMode: "BOOKMARK" };
    const made = await applicationApi.createApplication({
      application: { ...application, settings: { app: { url: "https://wiki.example" } } } as okta.Application,
    });
    const appId = String(made.id);
    const userId = await newUser();
    await applicationApi.assignUserToApplication({ appId, appUser: { id: userId } });
    const users = await collect(await applicationApi.listApplicationUsers({ appId }));
    expect(users.map((user) => user.id)).toEqual([userId]);
    const groupId = await newGroup("Readers");
    await applicationApi.assignGroupToApplication({ appId, groupId });
    const groups = await collect(await applicationApi.listApplicationGroupAssignments({ appId }));
    expect(groups.map((group) => group.id)).toEqual([groupId]);
    await applicationApi.unassignApplicationFromGroup({ appId, groupId });
    await applicationApi.unassignUserFromApplication({ appId, userId });
    await applicationApi.deactivateApplication({ appId });
    await applicationApi.deleteApplication({ appId });
    await expect(applicationApi.getApplication({ appId })).rejects.toMatchObject({ status: 404 });
    const all = await collect(await applicationApi.listApplications({ limit: 3 }));
    expect(all).toHaveLength(10);
  });
});

describe("group rules", () => {
  it("adds, takes back after a change, and deletes", async () => {
    const { groupApi } = client;
    const groupId = await newGroup("Welders");
    const userId = await newUser({ title: "Welder" });
    const rule = (title: string) => ({
      type: "group_rule" as const,
      name: "Welders",
      conditions: { expression: { type: "urn:okta:expression:1.0", value: `user.title=="${title}"` } },
      actions: { assignUserToGroups: { groupIds: [groupId] } },
    });
    const made = await groupApi.createGroupRule({ groupRule: rule("Welder") });
    const ruleId = String(made.id);
    await groupApi.activateGroupRule({ ruleId });
    const members = async () =>
      (await collect(await groupApi.listGroupUsers({ groupId }))).map((user) => user.id);
    expect(await members()).toEqual([userId]);
    await groupApi.deactivateGroupRule({ ruleId });
    await groupApi.replaceGroupRule({ ruleId, groupRule: rule("Diver") });
    await groupApi.activateGroupRule({ ruleId });
    expect(await members()).toEqual([]);
    await groupApi.deactivateGroupRule({ ruleId });
    await groupApi.deleteGroupRule({ ruleId });
    await vi.waitFor(() => expect(sandbox.org.rules.byId(ruleId)).toBeUndefined());
  });
});

describe("roles, links and imports", () => {
  it("assigns a role once and takes it away", async () => {
    const { roleAssignmentApi } = client;
    const userId = await newUser();
    const assignRoleRequest = { type: "HELP_DESK_ADMIN" as const };
    const role = await roleAssignmentApi.assignRoleToUser({ userId, assignRoleRequest });
    await expect(roleAssignmentApi.assignRoleToUser({ userId, assignRoleRequest })).rejects.toMatchObject({
      status: 409,
      errorCode: "E0000090",
    });
    const roles = await collect(await roleAssignmentApi.listAssignedRolesForUser({ userId }));
    expect(roles.map((item) => item.type)).toEqual(["HELP_DESK_ADMIN"]);
    await roleAssignmentApi.unassignRoleFromUser({ userId, roleId: String(role.id) });
    expect(sandbox.org.users.byId(userId)?.roles).toEqual([]);
  });

  it("links users", async () => {
    const { userApi } = client;
    const [userId, primaryUserId] = [await newUser(), await newUser()];
    const primaryRelationshipName = "manager";
    await userApi.setLinkedObjectForUser({
      associatedUserId: userId,
      primaryRelationshipName,
      primaryUserId,
    });
    const found = await collect(
      await userApi.listLinkedObjectsForUser({ userId: primaryUserId, relationshipName: "subordinate" }),
    );
    expect(JSON.stringify(found)).toContain(userId);
  });
});

describe("imports", () => {
  it("runs a session to its end", async () => {
    const { identitySourceApi } = client;
    const source = (await collect(await client.applicationApi.listApplications({ q: "HR" })))[0];
    const identitySourceId = String(source?.id);
    const made = await identitySourceApi.createIdentitySourceSession({ identitySourceId });
    const sessionId = String(made.id);
    const profile = { userName: "sdk@hr.example", email: "sdk@hr.example", firstName: "Es", lastName: "Dee" };
    await identitySourceApi.uploadIdentitySourceDataForUpsert({
      identitySourceId,
      sessionId,
      BulkUpsertRequestBody: { entityType: "USERS", profiles: [{ externalId: "sdk", profile }] },
    });
    await identitySourceApi.startImportFromIdentitySource({ identitySourceId, sessionId });
    await vi.waitFor(async () => {
      const session = await identitySourceApi.getIdentitySourceSession({ identitySourceId, sessionId });
      expect(JSON.stringify(session)).toContain("COMPLETED");
    });
  });
});

describe("service apps", () => {
  it.each([
    ["Bearer", "0oaSandboxService05d"],
    ["DPoP", "0oaSandboxDpopApp05d"],
  ])("signs in with a private key and a %s token", async (_kind, clientId) => {
    const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const keys = [{ ...pair.publicKey.export({ format: "jwk" }), kid: "k1" }];
    await fetch(`${sandbox.url}/sandbox/clients/${clientId}`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ keys }),
    });
    const service = clientWith({
      authorizationMode: "PrivateKey",
      clientId,
      scopes: ["okta.groups.read"],
      privateKey: { ...pair.privateKey.export({ format: "jwk" }), kid: "k1" },
      keyId: "k1",
    });
    const groups = await collect(await service.groupApi.listGroups({ limit: 5 }));
    expect(groups.length).toBeGreaterThanOrEqual(12);
    await expect(service.userApi.getUser({ userId: "ann.lee" })).rejects.toMatchObject({ status: 403 });
  });
});
