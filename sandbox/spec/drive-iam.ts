import type { Sandbox } from "../server.ts";
import { newProfile, type Send } from "../test-client.ts";

type Ids = Record<"user" | "group" | "role" | "set", string>;

/** Custom admin roles, resource sets, bindings, and roles of groups, in success and documented error forms. */
export async function driveIam(send: Send, { url }: Sandbox): Promise<void> {
  const idOf = async (path: string, body: unknown) => String((await send("POST", path, body)).body.id);
  const user = await idOf("/api/v1/users", { profile: newProfile() });
  const group = await idOf("/api/v1/groups", { profile: { name: "Auditors" } });
  const permissions = ["okta.users.read", "okta.groups.members.manage"];
  const role = await idOf("/api/v1/iam/roles", { label: "Driven", description: "Driven", permissions });
  const resources = [`${url}/api/v1/users`, `${url}/api/v1/groups/${group}`, `${url}/api/v1/apps`];
  const set = await idOf("/api/v1/iam/resource-sets", { label: "Driven", description: "Driven", resources });
  const ids = { user, group, role, set };
  await driveCustomRole(send, ids);
  await driveResources(send, ids, url);
  await driveBindings(send, ids, url);
  await driveHolder(send, `/api/v1/users/${user}/roles`, ids);
  await driveHolder(send, `/api/v1/groups/${group}/roles`, ids);
  const everyone = (await send("GET", "/api/v1/groups?q=Everyone")).list[0];
  await send("POST", `/api/v1/groups/${String(everyone?.id)}/roles`, { type: "REPORT_ADMIN" });
  for (const path of [`/api/v1/iam/resource-sets/${set}`, `/api/v1/iam/roles/${role}`])
    for (let times = 0; times < 2; times += 1) await send("DELETE", path);
}

async function driveCustomRole(send: Send, { role }: Ids): Promise<void> {
  const self = `/api/v1/iam/roles/${role}`;
  await send("POST", "/api/v1/iam/roles", { label: "Driven", description: "Taken", permissions: [] });
  await send("GET", "/api/v1/iam/roles");
  await send("GET", self);
  await send("GET", "/api/v1/iam/roles/none");
  await send("PUT", self, { label: "Driven well", description: "Renamed" });
  await send("PUT", self, {});
  await send("GET", `${self}/permissions`);
  const permission = `${self}/permissions/okta.users.manage`;
  await send("POST", permission);
  await send("GET", permission);
  await send("PUT", permission, { conditions: { include: {} } });
  await send("GET", permission);
  await send("POST", `${self}/permissions/everything`);
  for (let times = 0; times < 2; times += 1) await send("DELETE", permission);
}

async function driveResources(send: Send, { group, set }: Ids, url: string): Promise<void> {
  const self = `/api/v1/iam/resource-sets/${set}`;
  await send("GET", "/api/v1/iam/resource-sets");
  await send("POST", "/api/v1/iam/resource-sets", { label: "Bad", description: "Bad", resources: ["x"] });
  await send("GET", self);
  await send("PUT", self, { label: "Driven set", description: "Renamed" });
  await send("PUT", self, {});
  await send("GET", "/api/v1/iam/resource-sets/none");
  await send("GET", `${self}/resources?limit=2`);
  await send("PATCH", `${self}/resources`, { additions: [`${url}/api/v1/groups/${group}/users`] });
  await send("PATCH", `${self}/resources`, { additions: [] });
  const named = { resourceOrnOrUrl: "orn:okta:idp:00oSandboxOrg0000005d:apps:slack", conditions: {} };
  const one = `${self}/resources/${String((await send("POST", `${self}/resources`, named)).body.id)}`;
  await send("POST", `${self}/resources`, named);
  await send("GET", one);
  await send("PUT", one, { conditions: { Exclude: { "okta:ORN": [named.resourceOrnOrUrl] } } });
  for (let times = 0; times < 2; times += 1) await send("DELETE", one);
}

async function driveBindings(send: Send, { user, group, role, set }: Ids, url: string): Promise<void> {
  const bindings = `/api/v1/iam/resource-sets/${set}/bindings`;
  const self = `${bindings}/${role}`;
  await send("POST", bindings, { role, members: [`${url}/api/v1/users/${user}`] });
  await send("POST", bindings, { role, members: [`${url}/api/v1/users/nobody`] });
  await send("POST", bindings, { role: "none", members: [] });
  await send("PATCH", `${self}/members`, { additions: [`${url}/api/v1/groups/${group}`] });
  await send("PATCH", `${self}/members`, {});
  for (const path of [bindings, self, `${self}/members`, `${bindings}/none`]) await send("GET", path);
  const { members } = (await send("GET", `${self}/members`)).body as { members: { id: string }[] };
  const member = `${self}/members/${String(members[0]?.id)}`;
  await send("GET", member);
  for (let times = 0; times < 2; times += 1) await send("DELETE", member);
  for (let times = 0; times < 2; times += 1) await send("DELETE", self);
}

async function driveHolder(send: Send, roles: string, { role, set }: Ids): Promise<void> {
  const custom = await send("POST", roles, { type: "CUSTOM", role, "resource-set": set });
  const standard = await send("POST", `${roles}?disableNotifications=true`, { type: "REPORT_ADMIN" });
  await send("POST", roles, { type: "KING" });
  await send("POST", roles, { type: "CUSTOM", role: "none", "resource-set": set });
  await send("GET", roles);
  await send("GET", "/api/v1/iam/assignees/users?limit=2");
  for (const { body } of [custom, standard]) {
    await send("GET", `${roles}/${String(body.id)}`);
    for (let times = 0; times < 2; times += 1) await send("DELETE", `${roles}/${String(body.id)}`);
  }
}

/** API tokens. The one all of this is asked with stays. */
export async function driveApiTokens(send: Send): Promise<void> {
  const [, second] = (await send("GET", "/api/v1/api-tokens")).list;
  const self = `/api/v1/api-tokens/${String(second?.id)}`;
  await send("GET", self);
  await send("GET", "/api/v1/api-tokens/none");
  await send("PUT", self, { name: "Renamed", network: { connection: "ANYWHERE" } });
  await send("PUT", self, {});
  const { id } = (await send("POST", "/sandbox/api-tokens", {})).body;
  for (let times = 0; times < 2; times += 1) await send("DELETE", `/api/v1/api-tokens/${String(id)}`);
}
