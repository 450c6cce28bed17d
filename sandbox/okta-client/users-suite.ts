import type okta from "@okta/okta-sdk-nodejs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Sandbox } from "../server.ts";
import { GOOD_PASSWORD, newProfile } from "../test-client.ts";
import { type Receiver, startReceiver } from "../test-receiver.ts";
import { type ClientOrg, collect, openClientOrg } from "./test-okta-client.ts";

/** Users, groups, event hooks and the System Log. */
export function usersSuite(): void {
  let sandbox: Sandbox;
  let receiver: Receiver;
  let client: okta.Client;
  let clientWith: ClientOrg["clientWith"];

  beforeAll(async () => {
    ({ sandbox, client, clientWith } = await openClientOrg({ batchWindowMs: 10 }));
    receiver = await startReceiver();
  });
  afterAll(async () => {
    await sandbox.close();
    await receiver.close();
  });

  const profile = () => newProfile() as unknown as okta.UserProfile;

  async function newUser(): Promise<okta.User & { id: string }> {
    const user = await client.userApi.createUser({
      body: { profile: profile(), credentials: { password: { value: GOOD_PASSWORD } } },
      activate: true,
    });
    return user as okta.User & { id: string };
  }

  describe("users", () => {
    it("creates, reads, updates and walks the lifecycle", async () => {
      const user = await newUser();
      expect(user.status).toBe("ACTIVE");
      const { userApi } = client;
      const updated = await userApi.updateUser({ userId: user.id, user: { profile: { nickName: "Patty" } } });
      expect(updated.profile?.nickName).toBe("Patty");
      await userApi.suspendUser({ userId: user.id });
      expect((await userApi.getUser({ userId: user.id })).status).toBe("SUSPENDED");
      await userApi.unsuspendUser({ userId: user.id });
      await userApi.deactivateUser({ userId: user.id });
      await userApi.deleteUser({ userId: user.id });
      await expect(userApi.getUser({ userId: user.id })).rejects.toMatchObject({
        status: 404,
        errorCode: "E0000007",
      });
    });

    it("activates, reactivates, replaces, and expires with a temporary password", async () => {
      const { userApi } = client;
      const made = await userApi.createUser({ body: { profile: profile() }, activate: false });
      const userId = String(made.id);
      const token = await userApi.activateUser({ userId, sendEmail: false });
      expect(token.activationToken).toBeDefined();
      expect((await userApi.getUser({ userId })).status).toBe("PROVISIONED");
      const again = await userApi.reactivateUser({ userId, sendEmail: false });
      expect(again.activationUrl).toContain(sandbox.url);
      const { id } = await newUser();
      const replaced = { ...profile(), title: "Only what was sent" } as okta.UserProfile;
      await userApi.updateUser({ userId: id, user: { profile: { city: "Oslo" } } });
      await userApi.replaceUser({ userId: id, user: { profile: replaced } });
      const read = (await userApi.getUser({ userId: id })).profile;
      expect([read?.title, read?.city ?? null]).toEqual(["Only what was sent", null]);
      // The client reads the answer as a user and drops the password.
      await userApi.expirePasswordAndGetTemporaryPassword({ userId: id });
      expect((await userApi.getUser({ userId: id })).status).toBe("PASSWORD_EXPIRED");
    });

    it("follows Link headers to the end", async () => {
      const users = await collect(await client.userApi.listUsers({ limit: 9 }));
      const ids = new Set(users.map((user) => user.id));
      expect(ids.size).toBe(users.length);
      const living = [...sandbox.org.users.all()].filter((user) => user.status !== "DEPROVISIONED");
      expect(ids.size).toBe(living.length);
    });

    it("searches", async () => {
      const search = 'profile.department eq "Finance" and status eq "ACTIVE"';
      const users = await collect(await client.userApi.listUsers({ search, sortBy: "profile.lastName" }));
      expect(users.map((user) => user.profile?.lastName)).toEqual(["Fontaine", "Martens", "Singh", "Wu"]);
    });

    it("understands the errors", async () => {
      const login = "ann.lee@example.com";
      const body = { profile: { ...profile(), login } };
      await expect(client.userApi.createUser({ body })).rejects.toMatchObject({
        status: 400,
        errorCode: "E0000001",
      });
      const refused = clientWith({ token: "00wrong" });
      await expect(refused.userApi.getUser({ userId: "me" })).rejects.toMatchObject({
        status: 401,
        errorCode: "E0000011",
      });
    });

    it("waits out a 429 and tries again", async () => {
      sandbox.faults.set([{ fault: "429", next: 1, ms: 0, concurrency: false, resetSeconds: 1 }]);
      const patient = clientWith({ token: sandbox.token, maxRetries: 2, requestTimeout: 0 });
      const me = await patient.userApi.getUser({ userId: "me" });
      expect(me.profile?.login).toBe("grace.okafor@example.com");
      expect(sandbox.faults.rules).toEqual([]);
    });
  });

  describe("groups", () => {
    it("creates, fills, lists, replaces and deletes", async () => {
      const { groupApi } = client;
      const group = await groupApi.createGroup({ group: { profile: { name: "From the client" } } });
      const groupId = String(group.id);
      const user = await newUser();
      await groupApi.assignUserToGroup({ groupId, userId: user.id });
      const members = await collect(await groupApi.listGroupUsers({ groupId }));
      expect(members.map((member) => member.id)).toEqual([user.id]);
      await groupApi.unassignUserFromGroup({ groupId, userId: user.id });
      const renamed = await groupApi.replaceGroup({ groupId, group: { profile: { name: "Renamed" } } });
      expect(renamed.profile).toMatchObject({ name: "Renamed" });
      expect((await groupApi.getGroup({ groupId })).profile).toMatchObject({ name: "Renamed" });
      const found = await collect(await groupApi.listGroups({ q: "Renam" }));
      expect(found).toHaveLength(1);
      await groupApi.deleteGroup({ groupId });
      await expect(groupApi.getGroup({ groupId })).rejects.toMatchObject({ status: 404 });
    });
  });

  describe("event hooks and log", () => {
    it("registers, verifies, delivers, and finds the event in the log", async () => {
      const { eventHookApi, systemLogApi } = client;
      const eventHook: okta.EventHook = {
        name: "From the client",
        events: { type: "EVENT_TYPE", items: ["user.lifecycle.create"] },
        channel: {
          type: "HTTP",
          version: "1.0.0",
          config: {
            uri: receiver.uri,
            authScheme: { type: "HEADER", key: "Authorization", value: "s3cret" },
          },
        },
      };
      const eventHookId = String((await eventHookApi.createEventHook({ eventHook })).id);
      expect((await eventHookApi.verifyEventHook({ eventHookId })).verificationStatus).toBe("VERIFIED");
      const user = await newUser();
      await receiver.received(1);
      const delivered = receiver.deliveries[0]?.body.data.events[0];
      const events = await collect(
        await systemLogApi.listLogEvents({
          filter: `eventType eq "user.lifecycle.create" and target.id eq "${user.id}"`,
          until: new Date(Date.now() + 1000).toISOString(),
        } as object),
      );
      expect(events.map((event) => event.uuid)).toEqual([delivered?.uuid]);
      const wider = { ...eventHook.events, items: ["user.lifecycle.create", "user.lifecycle.suspend"] };
      await eventHookApi.replaceEventHook({ eventHookId, eventHook: { ...eventHook, events: wider } });
      const replaced = await eventHookApi.getEventHook({ eventHookId });
      expect([replaced.events.items.length, replaced.verificationStatus]).toEqual([2, "VERIFIED"]);
      await eventHookApi.deactivateEventHook({ eventHookId });
      expect((await eventHookApi.activateEventHook({ eventHookId })).status).toBe("ACTIVE");
      await eventHookApi.deactivateEventHook({ eventHookId });
      await eventHookApi.deleteEventHook({ eventHookId });
      expect(await collect(await eventHookApi.listEventHooks())).toEqual([]);
    });
  });
}
