import { generateKeyPairSync } from "node:crypto";
import type okta from "@okta/okta-sdk-nodejs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Sandbox } from "../server.ts";
import { GOOD_PASSWORD, newProfile } from "../test-client.ts";
import { type ClientOrg, collect, openClientOrg } from "./test-okta-client.ts";

/** Applications, group rules, identity sources and OAuth service apps. */
export function appsSuite(): void {
  let sandbox: Sandbox;
  let client: okta.Client;
  let clientWith: ClientOrg["clientWith"];

  beforeAll(async () => {
    ({ sandbox, client, clientWith } = await openClientOrg());
  });
  afterAll(() => sandbox.close());

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
        application: {
          ...application,
          settings: { app: { url: "https://wiki.example" } },
        } as okta.Application,
      });
      const appId = String(made.id);
      const renamed = { ...application, label: "Renamed" } as okta.Application;
      await applicationApi.replaceApplication({ appId, application: renamed });
      expect((await applicationApi.getApplication({ appId })).label).toBe("Renamed");
      const userId = await newUser();
      await applicationApi.assignUserToApplication({ appId, appUser: { id: userId } });
      const users = await collect(await applicationApi.listApplicationUsers({ appId }));
      expect(users.map((user) => user.id)).toEqual([userId]);
      const groupId = await newGroup("Readers");
      await applicationApi.assignGroupToApplication({ appId, groupId });
      const groups = await collect(await applicationApi.listApplicationGroupAssignments({ appId }));
      expect(groups.map((group) => group.id)).toEqual([groupId]);
      const jsonPatchOperation = [{ op: "replace" as const, path: "/profile", value: { note: "patched" } }];
      await applicationApi.updateGroupAssignmentToApplication({ appId, groupId, jsonPatchOperation });
      const assigned = await applicationApi.getApplicationGroupAssignment({ appId, groupId });
      expect(assigned.profile).toMatchObject({ note: "patched" });
      await applicationApi.unassignApplicationFromGroup({ appId, groupId });
      await applicationApi.unassignUserFromApplication({ appId, userId });
      await applicationApi.deactivateApplication({ appId });
      await applicationApi.activateApplication({ appId });
      await applicationApi.deactivateApplication({ appId });
      await applicationApi.deleteApplication({ appId });
      await expect(applicationApi.getApplication({ appId })).rejects.toMatchObject({ status: 404 });
      const active = await collect(await applicationApi.listApplications({ limit: 3 }));
      expect(active).toHaveLength(9);
      const all = await collect(await applicationApi.listApplications({ limit: 3, includeNonDeleted: true }));
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
      expect((await groupApi.getGroupRule({ ruleId })).status).toBe("ACTIVE");
      const found = await collect(await groupApi.listGroupRules({ search: "weld" }));
      expect(found.map((item) => item.id)).toEqual([ruleId]);
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

  describe("links", () => {
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
      const profile = {
        userName: "sdk@hr.example",
        email: "sdk@hr.example",
        firstName: "Es",
        lastName: "Dee",
      };
      await identitySourceApi.uploadIdentitySourceDataForUpsert({
        identitySourceId,
        sessionId,
        BulkUpsertRequestBody: { entityType: "USERS", profiles: [{ externalId: "sdk", profile }] },
      });
      await identitySourceApi.uploadIdentitySourceDataForDelete({
        identitySourceId,
        sessionId,
        BulkDeleteRequestBody: { entityType: "USERS", profiles: [{ externalId: "nobody" }] },
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
}
