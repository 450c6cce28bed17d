import type okta from "@okta/okta-sdk-nodejs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Sandbox } from "../server.ts";
import { GOOD_PASSWORD, newProfile } from "../test-client.ts";
import { collect, openClientOrg } from "./test-okta-client.ts";

/** Passwords, factors, sessions, schemas, links, and what they open. */
export function accessSuite(): void {
  let sandbox: Sandbox;
  let client: okta.Client;
  let user: { id: string; login: string };

  beforeAll(async () => {
    ({ sandbox, client } = await openClientOrg());
  });
  afterAll(() => sandbox.close());

  beforeEach(async () => {
    const profile = newProfile() as unknown as okta.UserProfile;
    const recovery_question = { question: "Which tree?", answer: "magnolia" };
    const credentials = { password: { value: GOOD_PASSWORD }, recovery_question };
    const made = await client.userApi.createUser({ body: { profile, credentials }, activate: true });
    user = { id: String(made.id), login: String(made.profile?.login) };
  });

  const statusNow = async () => (await client.userApi.getUser({ userId: user.id })).status;

  describe("passwords", () => {
    it("are changed, expired, reset and asked for anew", async () => {
      const { userApi } = client;
      const userId = user.id;
      const newPassword = { value: "Second-Wall-88" };
      const changePasswordRequest = { oldPassword: { value: GOOD_PASSWORD }, newPassword };
      const changed = await userApi.changePassword({ userId, changePasswordRequest });
      expect(changed.provider?.type).toBe("OKTA");
      await expect(userApi.changePassword({ userId, changePasswordRequest })).rejects.toMatchObject({
        status: 403,
        errorCode: "E0000014",
      });
      await userApi.changeRecoveryQuestion({
        userId,
        userCredentials: {
          password: newPassword,
          recovery_question: { question: "Which river?", answer: "danube" },
        },
      });
      const forgot = await userApi.forgotPassword({ userId, sendEmail: false });
      expect(forgot.resetPasswordUrl).toContain(sandbox.url);
      await userApi.forgotPasswordSetNewPassword({
        userId,
        userCredentials: { password: { value: "Third-Wall-99" }, recovery_question: { answer: "danube" } },
      });
      expect((await userApi.expirePassword({ userId })).status).toBe("PASSWORD_EXPIRED");
      const reset = await userApi.generateResetPasswordToken({ userId, sendEmail: false });
      expect(reset.resetPasswordUrl).toContain(sandbox.url);
      expect(await statusNow()).toBe("RECOVERY");
    });

    it("lock people out, whom an admin unlocks", async () => {
      const userId = "liam.murphy@example.com";
      expect((await client.userApi.getUser({ userId })).status).toBe("LOCKED_OUT");
      await client.userApi.unlockUser({ userId });
      expect((await client.userApi.getUser({ userId })).status).toBe("ACTIVE");
      await expect(client.userApi.unlockUser({ userId })).rejects.toMatchObject({ errorCode: "E0000032" });
    });
  });

  describe("factors and sessions", () => {
    it("lists the factors of a user, takes one away, then all", async () => {
      const { userFactorApi, userApi } = client;
      const userId = String((await userApi.getUser({ userId: "me" })).id);
      const factors = async () => collect(await userFactorApi.listFactors({ userId }));
      const [first] = await factors();
      const factorId = String(first?.id);
      expect((await userFactorApi.getFactor({ userId, factorId })).status).toBe("ACTIVE");
      await userFactorApi.unenrollFactor({ userId, factorId });
      await expect(userFactorApi.getFactor({ userId, factorId })).rejects.toMatchObject({ status: 404 });
      await userApi.resetFactors({ userId });
      expect(await factors()).toEqual([]);
    });

    it("ends the sessions of a user, and says so in the log", async () => {
      await client.userApi.revokeUserSessions({ userId: user.id, oauthTokens: true });
      const filter = `eventType eq "user.session.clear" and target.id eq "${user.id}"`;
      const until = new Date(Date.now() + 1000).toISOString();
      const events = await collect(await client.systemLogApi.listLogEvents({ filter, until } as object));
      expect(events).toHaveLength(1);
      await expect(client.userApi.revokeUserSessions({ userId: "nobody" })).rejects.toMatchObject({
        status: 404,
      });
    });
  });

  describe("schemas and types", () => {
    it("reads the profile of users, groups and an application", async () => {
      const { schemaApi, userTypeApi, applicationApi } = client;
      const users = await schemaApi.getUserSchema({ schemaId: "default" });
      expect(Object.keys(users.definitions?.base?.properties ?? {})).toHaveLength(31);
      expect(Object.keys(users.definitions?.custom?.properties ?? {})).toContain("badgeNumber");
      expect((await schemaApi.getGroupSchema()).definitions?.base).toBeDefined();
      const [github] = await collect(await applicationApi.listApplications({ q: "GitHub" }));
      const accounts = await schemaApi.getApplicationUserSchema({ appInstanceId: String(github?.id) });
      expect(Object.keys(accounts.definitions?.custom?.properties ?? {})).toContain("githubLogin");
      const types = await collect(await userTypeApi.listUserTypes());
      expect(types.map((type) => type._default)).toEqual([true]);
      expect((await userTypeApi.getUserType({ typeId: "default" })).id).toBe(types[0]?.id);
    });

    it("names the org", async () => {
      const { orgSettingApi } = client;
      const { id, status } = await orgSettingApi.getOrgSettings();
      expect(status).toBe("ACTIVE");
      expect((await orgSettingApi.getWellknownOrgMetadata()).id).toBe(id);
    });
  });

  describe("links, groups and applications of a person", () => {
    it("defines a relation, sets it, reads it from both ends, and takes all of it back", async () => {
      const { linkedObjectApi, userApi } = client;
      const end = (name: string) => ({ name, title: name, type: "USER" as const });
      const linkedObject = { primary: end("mentor"), associated: end("mentee") };
      await linkedObjectApi.createLinkedObjectDefinition({ linkedObject });
      const definitions = await collect(await linkedObjectApi.listLinkedObjectDefinitions());
      expect(definitions.map(({ primary }) => primary?.name)).toEqual(["manager", "mentor"]);
      const one = await linkedObjectApi.getLinkedObjectDefinition({ linkedObjectName: "mentee" });
      expect(one.primary?.name).toBe("mentor");
      const ann = String((await userApi.getUser({ userId: "ann.lee" })).id);
      const relation = { primaryRelationshipName: "mentor", primaryUserId: ann };
      await userApi.setLinkedObjectForUser({ associatedUserId: user.id, ...relation });
      const links = (userId: string, relationshipName: string) =>
        userApi.listLinkedObjectsForUser({ userId, relationshipName }).then((found) => collect(found));
      expect(JSON.stringify(await links(user.id, "mentor"))).toContain(ann);
      expect(JSON.stringify(await links(ann, "mentee"))).toContain(user.id);
      await userApi.deleteLinkedObjectForUser({ userId: user.id, relationshipName: "mentor" });
      expect(await links(user.id, "mentor")).toEqual([]);
      await linkedObjectApi.deleteLinkedObjectDefinition({ linkedObjectName: "mentor" });
    });

    it("shows what a group opens, and changes an account", async () => {
      const { applicationApi, groupApi, userApi } = client;
      const [finance] = await collect(await groupApi.listGroups({ q: "Finance" }));
      const groupId = String(finance?.id);
      await groupApi.assignUserToGroup({ groupId, userId: user.id });
      const groups = await collect(await userApi.listUserGroups({ userId: user.id }));
      expect(groups.map((group) => group.id)).toContain(groupId);
      const apps = await collect(await groupApi.listAssignedApplicationsForGroup({ groupId }));
      expect(apps.map((app) => app.label)).toEqual(["Expense Portal"]);
      const links = await collect(await userApi.listAppLinks({ userId: user.id }));
      expect(links.map((link) => link.label)).toContain("Expense Portal");
      const [github] = await collect(await applicationApi.listApplications({ q: "GitHub" }));
      const appId = String(github?.id);
      await applicationApi.assignUserToApplication({ appId, appUser: { id: user.id } });
      const account = { appId, userId: user.id };
      const changed = { profile: { githubLogin: "pat" } };
      await applicationApi.updateApplicationUser({ ...account, appUser: changed });
      expect((await applicationApi.getApplicationUser(account)).profile).toMatchObject(changed.profile);
    });
  });

  describe("imports and administrators", () => {
    it("gives up an import session", async () => {
      const { applicationApi, identitySourceApi } = client;
      const [source] = await collect(await applicationApi.listApplications({ q: "HR" }));
      const identitySourceId = String(source?.id);
      const { id } = await identitySourceApi.createIdentitySourceSession({ identitySourceId });
      const sessions = await collect(
        await identitySourceApi.listIdentitySourceSessions({ identitySourceId }),
      );
      expect(sessions.map((session) => session.id)).toEqual([id]);
      await identitySourceApi.deleteIdentitySourceSession({ identitySourceId, sessionId: String(id) });
    });

    it("lists who has a role", async () => {
      const assigned = await client.roleAssignmentApi.listUsersWithRoleAssignments({ limit: 50 });
      const me = await client.userApi.getUser({ userId: "me" });
      expect(assigned.value?.map(({ id }) => id)).toContain(me.id);
    });
  });
}
