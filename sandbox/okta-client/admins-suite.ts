import type okta from "@okta/okta-sdk-nodejs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Sandbox } from "../server.ts";
import { newProfile } from "../test-client.ts";
import { type ClientOrg, collect, openClientOrg } from "./test-okta-client.ts";

/** Admin roles of people and groups, custom ones with resource sets and bindings, and API tokens. */
export function adminsSuite(): void {
  let sandbox: Sandbox;
  let client: okta.Client;
  let clientWith: ClientOrg["clientWith"];

  beforeAll(async () => {
    ({ sandbox, client, clientWith } = await openClientOrg());
  });
  afterAll(() => sandbox.close());

  const newUser = async () => {
    const profile = newProfile() as unknown as okta.UserProfile;
    return String((await client.userApi.createUser({ body: { profile } })).id);
  };
  const newGroup = async (name: string) =>
    String((await client.groupApi.createGroup({ group: { profile: { name } } })).id);
  const newRole = async (label: string) => {
    const instance = { label, description: "Of a test", permissions: ["okta.users.read"] };
    return String((await client.customRoleApi.createRole({ instance })).id);
  };
  const newSet = async (label: string) => {
    const instance = { label, description: "Of a test", resources: [`${sandbox.url}/api/v1/users`] };
    return String((await client.resourceSetApi.createResourceSet({ instance })).id);
  };
  const missing = { status: 404, errorCode: "E0000007" };

  describe("standard roles", () => {
    it("are given to a person once, read and taken away", async () => {
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
      const roleId = String(role.id);
      const one = await roleAssignmentApi.getUserAssignedRole({ userId, roleId });
      expect(one.label).toBe("Help Desk Administrator");
      await roleAssignmentApi.unassignRoleFromUser({ userId, roleId });
      expect(sandbox.org.users.byId(userId)?.roles).toEqual([]);
    });

    it("are given to a group, whose members hold them", async () => {
      const { groupApi, roleAssignmentApi } = client;
      const [groupId, userId] = [await newGroup("Auditors"), await newUser()];
      await groupApi.assignUserToGroup({ groupId, userId });
      const assignRoleRequest = { type: "REPORT_ADMIN" as const };
      const role = await roleAssignmentApi.assignRoleToGroup({ groupId, assignRoleRequest });
      const roleId = String(role ? role.id : "");
      const listed = await collect(await roleAssignmentApi.listGroupAssignedRoles({ groupId }));
      expect(listed.map((item) => item.id)).toEqual([roleId]);
      const held = await collect(await roleAssignmentApi.listAssignedRolesForUser({ userId }));
      expect(held.map((item) => item.assignmentType)).toEqual(["GROUP"]);
      const assigned = await roleAssignmentApi.listUsersWithRoleAssignments({ limit: 100 });
      expect(assigned.value?.map(({ id }) => id)).toContain(userId);
      const one = await roleAssignmentApi.getGroupAssignedRole({ groupId, roleId });
      expect(one.type).toBe("REPORT_ADMIN");
      await roleAssignmentApi.unassignRoleFromGroup({ groupId, roleId });
      expect(await collect(await roleAssignmentApi.listAssignedRolesForUser({ userId }))).toEqual([]);
    });
  });

  describe("custom roles", () => {
    it("are made of permissions, renamed and deleted", async () => {
      const { customRoleApi } = client;
      const roleIdOrLabel = await newRole("Helper");
      const permissionType = "okta.groups.manage";
      const permission = { roleIdOrLabel, permissionType };
      await customRoleApi.createRolePermission(permission);
      const { permissions } = await customRoleApi.listRolePermissions({ roleIdOrLabel });
      expect(permissions?.map(({ label }) => label)).toEqual(["okta.users.read", permissionType]);
      await customRoleApi.replaceRolePermission({ ...permission, instance: { conditions: {} } });
      expect((await customRoleApi.getRolePermission(permission)).label).toBe(permissionType);
      await customRoleApi.deleteRolePermission(permission);
      await expect(customRoleApi.getRolePermission(permission)).rejects.toMatchObject(missing);
      const instance = { label: "Helper of many", description: "Renamed" };
      await customRoleApi.replaceRole({ roleIdOrLabel, instance });
      const { roles } = await customRoleApi.listRoles();
      expect(roles?.map(({ label }) => label)).toContain("Helper of many");
      await customRoleApi.deleteRole({ roleIdOrLabel });
      await expect(customRoleApi.getRole({ roleIdOrLabel })).rejects.toMatchObject(missing);
      expect((await customRoleApi.getRole({ roleIdOrLabel: "Credential Helper" })).id).toBeDefined();
    });

    it("are for resource sets, whose resources come and go", async () => {
      const { resourceSetApi } = client;
      const resourceSetId = await newSet("People");
      const additions = [`${sandbox.url}/api/v1/groups`];
      await resourceSetApi.addResourceSetResources({ resourceSetId, instance: { additions } });
      const instance = { resourceOrnOrUrl: `${sandbox.url}/api/v1/apps`, conditions: {} };
      const added = await resourceSetApi.addResourceSetResource({ resourceSetId, instance });
      const resourceId = String(added.id);
      const list = async () =>
        (await resourceSetApi.listResourceSetResources({ resourceSetId })).resources?.length;
      expect(await list()).toBe(3);
      const one = { resourceSetId, resourceId };
      await resourceSetApi.replaceResourceSetResource({
        ...one,
        resourceSetResourcePutRequest: { conditions: {} },
      });
      expect((await resourceSetApi.getResourceSetResource(one)).orn).toContain(":apps");
      await resourceSetApi.deleteResourceSetResource(one);
      expect(await list()).toBe(2);
      const renamed = { label: "All of them", description: "Renamed" };
      await resourceSetApi.replaceResourceSet({ resourceSetId, instance: renamed });
      expect((await resourceSetApi.getResourceSet({ resourceSetId })).label).toBe("All of them");
      await resourceSetApi.deleteResourceSet({ resourceSetId });
      const sets = await resourceSetApi.listResourceSets();
      expect(JSON.stringify(sets)).not.toContain(resourceSetId);
    });

    it("are bound to resource sets for people and groups", async () => {
      const { resourceSetApi, roleAssignmentApi } = client;
      const [resourceSetId, role] = [await newSet("Bound"), await newRole("Binder")];
      const [userId, groupId] = [await newUser(), await newGroup("Bound together")];
      const members = [`${sandbox.url}/api/v1/users/${userId}`];
      await resourceSetApi.createResourceSetBinding({ resourceSetId, instance: { role, members } });
      const binding = { resourceSetId, roleIdOrLabel: role };
      const additions = [`${sandbox.url}/api/v1/groups/${groupId}`];
      await resourceSetApi.addMembersToBinding({ ...binding, instance: { additions } });
      expect((await resourceSetApi.getBinding(binding)).id).toBe(role);
      const bound = await resourceSetApi.listBindings({ resourceSetId });
      expect(bound.roles?.map(({ id }) => id)).toEqual([role]);
      const listed = await resourceSetApi.listMembersOfBinding(binding);
      expect(listed.members).toHaveLength(2);
      const memberId = String(listed.members?.[0]?.id);
      const member = await resourceSetApi.getMemberOfBinding({ ...binding, memberId });
      expect(JSON.stringify(member)).toContain(userId);
      const roles = await collect(await roleAssignmentApi.listAssignedRolesForUser({ userId }));
      expect(roles.map((item) => item.type)).toEqual(["CUSTOM"]);
      await resourceSetApi.unassignMemberFromBinding({ ...binding, memberId });
      expect(await collect(await roleAssignmentApi.listAssignedRolesForUser({ userId }))).toEqual([]);
      await resourceSetApi.deleteBinding(binding);
      await expect(resourceSetApi.getBinding(binding)).rejects.toMatchObject(missing);
    });
  });

  describe("API tokens", () => {
    it("are listed, renamed, taken back, and give themselves back", async () => {
      const { apiTokenApi } = client;
      const make = async (name: string) => {
        const body = JSON.stringify({ name });
        const headers = { "content-type": "application/json" };
        const made = await fetch(`${sandbox.url}/sandbox/api-tokens`, { method: "POST", headers, body });
        return (await made.json()) as { id: string; token: string };
      };
      const first = await make("First");
      const apiTokenId = first.id;
      await apiTokenApi.upsertApiToken({ apiTokenId, apiTokenUpdate: { name: "Renamed" } });
      expect((await apiTokenApi.getApiToken({ apiTokenId })).name).toBe("Renamed");
      await apiTokenApi.revokeApiToken({ apiTokenId });
      const own = clientWith({ token: (await make("Second")).token });
      const names = async () => (await collect(await apiTokenApi.listApiTokens())).map(({ name }) => name);
      expect(await names()).toContain("Second");
      await own.apiTokenApi.revokeCurrentApiToken();
      expect(await names()).not.toContain("Second");
      await expect(own.userApi.getUser({ userId: "me" })).rejects.toMatchObject({ status: 401 });
    });
  });
}
