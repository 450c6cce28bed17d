import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AppRecord } from "../org/apps.ts";
import { type Sandbox, startSandbox } from "../server.ts";
import { clientOf, GOOD_PASSWORD, linkOf, newProfile, type Send } from "../test-client.ts";

let sandbox: Sandbox;
let send: Send;

beforeAll(async () => {
  sandbox = await startSandbox();
  send = clientOf(sandbox);
});
afterAll(() => sandbox.close());

function app(label: string): AppRecord {
  const found = [...sandbox.org.apps.values()].find((item) => item.label === label);
  if (!found) throw new Error(`There is no application ${label}.`);
  return found;
}
const list = (query: Record<string, string>) => send("GET", `/api/v1/apps?${new URLSearchParams(query)}`);
const lastEvents = (count: number) => sandbox.org.log.records.slice(-count);

async function newUser(): Promise<string> {
  const credentials = { password: { value: GOOD_PASSWORD } };
  return String((await send("POST", "/api/v1/users", { profile: newProfile(), credentials })).body.id);
}
async function newGroup(name: string): Promise<string> {
  return String((await send("POST", "/api/v1/groups", { profile: { name } })).body.id);
}

describe("applications", () => {
  it("finds by name, status, user and group, and pages", async () => {
    const ann = sandbox.org.users.byLogin("ann.lee@example.com")?.id ?? "";
    const managers = sandbox.org.groups.byName("Managers")?.id ?? "";
    const labels = async (query: Record<string, string>) =>
      (await list(query)).list.map((item) => item.label);
    expect(await labels({ q: "sla" })).toEqual(["Slack"]);
    expect(await labels({ filter: 'status eq "INACTIVE"' })).toEqual(["Jira (old)"]);
    expect(await labels({ filter: `user.id eq "${ann}"` })).toEqual([
      "Slack",
      "GitHub Enterprise Cloud",
      "Zoom",
    ]);
    expect(await labels({ filter: `group.id eq "${managers}"` })).toEqual(["Zoom"]);
    expect(await labels({ q: "Jira" })).toEqual([]);
    expect(await labels({ q: "Jira", includeNonDeleted: "false" })).toEqual([]);
    expect(await labels({ q: "Jira", includeNonDeleted: "true" })).toEqual(["Jira (old)"]);
    const first = await list({ limit: "9", includeNonDeleted: "true" });
    expect(first.list).toHaveLength(9);
    const second = await send("GET", linkOf(first.headers, "next") ?? "");
    expect(second.list).toHaveLength(1);
    expect(linkOf(second.headers, "next")).toBeNull();
    const refused = await list({ filter: 'label eq "Slack"' });
    expect(refused.body.errorCode).toBe("E0000031");
  });

  it("embeds the account expand asks for", async () => {
    const ann = sandbox.org.users.byLogin("ann.lee@example.com")?.id ?? "";
    const answer = await list({ filter: `user.id eq "${ann}"`, expand: `user/${ann}` });
    expect(answer.list[2]?._embedded).toMatchObject({ user: { id: ann, scope: "GROUP" } });
  });

  it("is deleted only when inactive", async () => {
    const made = await send("POST", "/api/v1/apps", { label: "Wiki", signOnMode: "BOOKMARK" });
    const path = `/api/v1/apps/${String(made.body.id)}`;
    const early = await send("DELETE", path);
    expect([early.status, early.body.errorCode]).toEqual([403, "E0000056"]);
    expect(await send("POST", `${path}/lifecycle/deactivate`)).toMatchObject({ status: 200, body: {} });
    expect((await send("DELETE", path)).status).toBe(204);
    expect((await send("GET", path)).body.errorSummary).toContain("(AppInstance)");
    expect(lastEvents(4).map((event) => event.eventType)).toEqual([
      "application.lifecycle.create",
      "application.lifecycle.activate",
      "application.lifecycle.deactivate",
      "application.lifecycle.delete",
    ]);
  });

  it("answers the schema with the application's own attributes", async () => {
    const { body } = await send("GET", `/api/v1/meta/schemas/apps/${app("Salesforce").id}/default`);
    const { definitions } = body as unknown as { definitions: Record<string, { properties: object }> };
    expect(Object.keys(definitions.custom?.properties ?? {})).toContain("annualQuota");
    expect(Object.keys(definitions.base?.properties ?? {})).toEqual([
      "userName",
      "firstName",
      "lastName",
      "email",
    ]);
  });
});

describe("accounts", () => {
  it("assigns with mapped values, changes, and takes away", async () => {
    const id = await newUser();
    const path = `/api/v1/apps/${app("Expense Portal").id}/users`;
    const made = await send("POST", path, { id, scope: "USER", profile: { approvalLimit: 500 } });
    expect(made.body).toMatchObject({
      id,
      scope: "USER",
      status: "ACTIVE",
      syncState: "DISABLED",
      externalId: null,
      profile: { given_name: "Pat", approvalLimit: 500, nickname: null },
    });
    const [event] = lastEvents(1);
    expect(event?.target?.map((party) => party.type)).toEqual(["AppUser", "AppInstance", "User"]);
    const changed = await send("POST", `${path}/${id}`, { credentials: { userName: "pat" } });
    expect(changed.body.credentials).toEqual({ userName: "pat" });
    expect((await send("DELETE", `${path}/${id}`)).status).toBe(204);
    expect((await send("GET", `${path}/${id}`)).body.errorSummary).toContain(`${id} (AppUser)`);
  });

  it("refuses what the sign-on scheme, the mappings or the schema do not allow", async () => {
    const id = await newUser();
    const assign = (label: string, more: object) =>
      send("POST", `/api/v1/apps/${app(label).id}/users`, { id, ...more });
    const password = { credentials: { userName: "x", password: { value: "secret" } } };
    expect((await assign("Zoom", password)).body.errorCode).toBe("E0000041");
    expect((await assign("Cafeteria Menu", { credentials: { userName: "x" } })).body.errorCode).toBe(
      "E0000041",
    );
    expect((await assign("Payroll Portal", password)).body.credentials).toEqual({
      userName: "x",
      password: {},
    });
    const mapped = await assign("Salesforce", { profile: { firstName: "Other" } });
    expect([mapped.status, mapped.body.errorCode]).toEqual([403, "E0000075"]);
    expect(mapped.body.errorSummary).toContain("the firstName attribute");
    expect((await assign("Salesforce", { profile: { nope: 1 } })).body.errorCode).toBe("E0000001");
    expect((await assign("Salesforce", { profile: { role: "King" } })).body.errorCode).toBe("E0000001");
    const good = await assign("Salesforce", { profile: { role: "Sales Manager" } });
    expect(good.body).toMatchObject({ status: "PROVISIONED", syncState: "SYNCHRONIZED" });
  });

  it("pages and finds the start of a name", async () => {
    const path = `/api/v1/apps/${app("Slack").id}/users`;
    const first = await send("GET", `${path}?limit=2`);
    const second = await send("GET", linkOf(first.headers, "next") ?? "");
    expect(new Set([...first.list, ...second.list].map((account) => account.id)).size).toBe(4);
    const found = await send("GET", `${path}?q=yuki&expand=user`);
    expect(found.list).toMatchObject([{ _embedded: { user: { profile: { lastName: "Tanaka" } } } }]);
  });

  it("let a group's assignment be patched, all of it or nothing", async () => {
    const self = `/api/v1/apps/${app("Zoom").id}/groups/${await newGroup("Patched")}`;
    await send("PUT", self, { priority: 3, profile: { city: "Oslo", note: "x" } });
    const patch = (...operations: object[]) => send("PATCH", self, operations);
    const done = await patch(
      { op: "replace", path: "/priority", value: 1 },
      { op: "replace", path: "/profile/city", value: "Bergen" },
      { op: "remove", path: "/profile/note" },
    );
    expect([done.status, done.body.priority, done.body.profile]).toEqual([200, 1, { city: "Bergen" }]);
    const good = { op: "replace", path: "/profile", value: {} };
    for (const bad of [
      { op: "add", path: "/profile", value: {} },
      { op: "remove", path: "/priority" },
      { op: "replace", path: "/id", value: "00g1" },
      { op: "replace", path: "/priority", value: -1 },
      { op: "replace", path: "/profile", value: "x" },
    ])
      expect((await patch(good, bad)).body.errorCode).toBe("E0000001");
    expect((await patch()).body.errorCode).toBe("E0000003");
    expect((await send("GET", self)).body.profile).toEqual({ city: "Bergen" });
    expect(lastEvents(1)).toMatchObject([{ eventType: "group.application_assignment.update" }]);
  });

  it("come and go with the user's groups", async () => {
    const id = await newUser();
    const groupId = await newGroup("Zoomers");
    const zoom = app("Zoom");
    const member = `/api/v1/groups/${groupId}/users/${id}`;
    await send("PUT", member);
    const put = await send("PUT", `/api/v1/apps/${zoom.id}/groups/${groupId}`, { priority: 3 });
    expect(put.body).toMatchObject({ id: groupId, priority: 3, profile: {} });
    expect(zoom.users.get(id)?.scope).toBe("GROUP");
    const alone = await send("DELETE", `/api/v1/apps/${zoom.id}/users/${id}`);
    expect([alone.status, alone.body.errorCode]).toEqual([403, "E0000006"]);
    await send("DELETE", member);
    expect(zoom.users.has(id)).toBe(false);
    expect(lastEvents(2).map((event) => event.eventType)).toEqual([
      "group.user_membership.remove",
      "application.user_membership.remove",
    ]);
    await send("PUT", member);
    expect(zoom.users.has(id)).toBe(true);
    expect((await send("GET", `/api/v1/groups/${groupId}/apps`)).list).toMatchObject([{ label: "Zoom" }]);
    expect((await send("DELETE", `/api/v1/apps/${zoom.id}/groups/${groupId}`)).status).toBe(204);
    expect(zoom.users.has(id)).toBe(false);
    expect((await send("DELETE", `/api/v1/apps/${zoom.id}/groups/${groupId}`)).status).toBe(404);
  });

  it("end when the user is deactivated", async () => {
    const id = await newUser();
    await send("POST", `/api/v1/apps/${app("Slack").id}/users`, { id });
    expect((await send("GET", `/api/v1/users/${id}/appLinks`)).list).toMatchObject([{ label: "Slack" }]);
    await send("POST", `/api/v1/users/${id}/lifecycle/deactivate`);
    expect(lastEvents(2).map((event) => event.eventType)).toEqual([
      "application.user_membership.remove",
      "user.lifecycle.deactivate",
    ]);
    expect((await send("GET", `/api/v1/users/${id}/appLinks`)).list).toEqual([]);
  });
});
