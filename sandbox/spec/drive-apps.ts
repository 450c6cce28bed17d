import { newProfile, type Send } from "../test-client.ts";

/** Applications, their accounts and groups, in success and documented error forms. */
export async function driveApps(send: Send): Promise<void> {
  const profile = newProfile();
  const user = String((await send("POST", "/api/v1/users", { profile })).body.id);
  const groups = (await send("GET", "/api/v1/groups?q=Manag")).list;
  const group = String(groups[0]?.id);
  await driveLists(send, user, group);
  for (const app of (await send("GET", "/api/v1/apps?limit=8")).list) {
    const self = `/api/v1/apps/${String(app.id)}`;
    await send("GET", self);
    await send("GET", `/api/v1/meta/schemas/apps/${String(app.id)}/default`);
    await driveAccounts(send, self, user);
    await driveGroups(send, self, group);
  }
  await driveLifecycle(send);
  await send("GET", `/api/v1/users/${user}/appLinks`);
  await send("GET", "/api/v1/users/nobody/appLinks");
}

async function driveLists(send: Send, user: string, group: string): Promise<void> {
  for (const query of [
    "",
    "?limit=2",
    "?q=sla",
    '?filter=status eq "ACTIVE"',
    '?filter=name eq "slack"',
    `?filter=user.id eq "${user}"&expand=user/${user}`,
    `?filter=group.id eq "${group}"`,
  ])
    await send("GET", `/api/v1/apps${encodeURI(query)}`);
  await send("GET", "/api/v1/apps/none");
  await send("GET", "/api/v1/meta/schemas/apps/none/default");
  await send("GET", `/api/v1/groups/${group}/apps`);
  await send("GET", "/api/v1/groups/none/apps");
}

async function driveAccounts(send: Send, self: string, id: string): Promise<void> {
  await send("POST", `${self}/users`, { id, scope: "USER" });
  await send("POST", `${self}/users`, { id: "nobody" });
  await send("POST", `${self}/users`, {});
  await send("GET", `${self}/users?limit=2&expand=user`);
  await send("GET", `${self}/users/${id}`);
  await send("POST", `${self}/users/${id}`, { credentials: { userName: "pat" } });
  await send("POST", `${self}/users/${id}`, { credentials: { password: { value: "secret" } } });
  await send("POST", `${self}/users/${id}`, { profile: { firstName: "Other" } });
  await send("POST", `${self}/users/${id}`, { profile: { nope: 1 } });
  await send("DELETE", `${self}/users/${id}`);
  await send("DELETE", `${self}/users/${id}`);
  await send("GET", `${self}/users/${id}`);
}

async function driveGroups(send: Send, self: string, group: string): Promise<void> {
  await send("PUT", `${self}/groups/${group}`, {});
  await send("PUT", `${self}/groups/${group}`, { priority: 2, profile: {} });
  await send("PUT", `${self}/groups/${group}`, { priority: -1 });
  const replace = (path: string, value: unknown) => ({ op: "replace", path, value });
  await send("PATCH", `${self}/groups/${group}`, [replace("/profile", { note: "patched" })]);
  await send("PATCH", `${self}/groups/${group}`, [replace("/id", "other")]);
  await send("PATCH", `${self}/groups/none`, [replace("/profile", {})]);
  await send("PUT", `${self}/groups/none`, {});
  await send("GET", `${self}/groups?limit=20`);
  await send("GET", `${self}/groups/${group}?expand=group`);
  await send("DELETE", `${self}/groups/${group}`);
  await send("DELETE", `${self}/groups/${group}`);
  await send("GET", `${self}/groups/${group}`);
}

async function driveLifecycle(send: Send): Promise<void> {
  await send("POST", "/api/v1/apps", {});
  for (const signOnMode of ["BOOKMARK", "AUTO_LOGIN", "SAML_2_0", "OPENID_CONNECT"]) {
    const made = await send("POST", "/api/v1/apps", { label: `Driven ${signOnMode}`, signOnMode });
    const self = `/api/v1/apps/${String(made.body.id)}`;
    await send("PUT", self, { label: "Renamed", signOnMode });
    await send("PUT", self, {});
    await send("DELETE", self);
    await send("POST", `${self}/lifecycle/deactivate`);
    await send("POST", `${self}/lifecycle/activate`);
    await send("POST", `${self}/lifecycle/deactivate`);
    await send("DELETE", self);
    await send("DELETE", self);
    await send("POST", `${self}/lifecycle/activate`);
    await send("POST", `${self}/lifecycle/deactivate`);
  }
}
