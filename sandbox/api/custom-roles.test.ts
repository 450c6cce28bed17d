import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SEED_RESOURCE_SET_ID } from "../org/seed-iam.ts";
import { type Sandbox, startSandbox } from "../server.ts";
import { clientOf, newProfile, type Send } from "../test-client.ts";

let sandbox: Sandbox;
let send: Send;
let role: string;
let user: string;
let made = 0;

beforeAll(async () => {
  sandbox = await startSandbox();
  send = clientOf(sandbox);
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  made += 1;
  const permissions = ["okta.users.read"];
  const body = { label: `Role ${made}`, description: "Of a test", permissions };
  role = String((await send("POST", "/api/v1/iam/roles", body)).body.id);
  user = String((await send("POST", "/api/v1/users", { profile: newProfile() })).body.id);
});

const code = async (...call: Parameters<Send>) => {
  const { status, body } = await send(...call);
  return [status, body.errorCode];
};
const SETS = "/api/v1/iam/resource-sets";
const newSet = async (resources: string[]) =>
  String((await send("POST", SETS, { label: `Set ${made}`, description: "Of a test", resources })).body.id);
const rolesOfUser = async () => (await send("GET", `/api/v1/users/${user}/roles`)).list;

describe("custom roles", () => {
  it("are found by id and by label, and keep their permissions when they are renamed", async () => {
    const label = `Renamed ${made}`;
    await send("PUT", `/api/v1/iam/roles/${role}`, { label, description: "New" });
    expect((await send("GET", `/api/v1/iam/roles/${encodeURIComponent(label)}`)).body).toMatchObject({
      id: role,
      description: "New",
    });
    const permission = `/api/v1/iam/roles/${role}/permissions/okta.groups.manage`;
    expect((await send("POST", permission)).status).toBe(204);
    const { permissions } = (await send("GET", `/api/v1/iam/roles/${role}/permissions`)).body;
    expect(permissions).toMatchObject([{ label: "okta.users.read" }, { label: "okta.groups.manage" }]);
    expect((await send("DELETE", permission)).status).toBe(204);
    expect(await code("GET", permission)).toEqual([404, "E0000007"]);
  });

  it("refuse a label twice, no permission, and what is none", async () => {
    const body = { label: `Role ${made}`, description: "x", permissions: ["okta.users.read"] };
    expect(await code("POST", "/api/v1/iam/roles", body)).toEqual([400, "E0000001"]);
    for (const permissions of [[], ["everything"]])
      expect(await code("POST", "/api/v1/iam/roles", { ...body, label: "Other", permissions })).toEqual([
        400,
        "E0000001",
      ]);
  });

  it("take themselves from everybody when they are deleted", async () => {
    const body = { type: "CUSTOM", role, "resource-set": SEED_RESOURCE_SET_ID };
    await send("POST", `/api/v1/users/${user}/roles`, body);
    await send("DELETE", `/api/v1/iam/roles/${role}`);
    expect(await rolesOfUser()).toEqual([]);
    expect(sandbox.org.log.records.at(-1)?.eventType).toBe("user.account.privilege.revoke");
  });
});

describe("resource sets", () => {
  it("hold resources by address or name, each once, and page them", async () => {
    const set = await newSet([`${sandbox.url}/api/v1/users`, `${sandbox.url}/api/v1/groups/00g1/users`]);
    const added = { additions: [`${sandbox.url}/api/v1/users`, "orn:okta:idp:00o1:apps:slack"] };
    await send("PATCH", `${SETS}/${set}/resources`, added);
    const first = (await send("GET", `${SETS}/${set}/resources?limit=2`)).body as {
      resources: { orn: string }[];
      _links: { next: { href: string } };
    };
    const second = (await send("GET", first._links.next.href)).body as typeof first;
    expect([...first.resources, ...second.resources].map(({ orn }) => orn)).toEqual([
      "orn:okta:directory:00oSandboxOrg0000005d:users",
      "orn:okta:directory:00oSandboxOrg0000005d:groups:00g1:contained_resources",
      "orn:okta:idp:00o1:apps:slack",
    ]);
    expect(second._links).not.toHaveProperty("next");
  });

  it("refuse what names nothing of the org", async () => {
    for (const resources of [[], ["users"], ["https://elsewhere.example/api/v1/users"]])
      expect(await code("POST", SETS, { label: "Bad", description: "Bad", resources })).toEqual([
        400,
        "E0000001",
      ]);
  });
});

describe("bindings", () => {
  it("give a role to people and groups, and take it back member by member", async () => {
    const set = await newSet([`${sandbox.url}/api/v1/users`]);
    const bindings = `${SETS}/${set}/bindings`;
    const [group] = (await send("GET", "/api/v1/groups?q=Quarantine")).list;
    const members = [`${sandbox.url}/api/v1/users/${user}`];
    expect((await send("POST", bindings, { role, members })).status).toBe(200);
    const additions = [...members, `${sandbox.url}/api/v1/groups/${String(group?.id)}`];
    await send("PATCH", `${bindings}/${role}/members`, { additions });
    expect(await rolesOfUser()).toMatchObject([{ type: "CUSTOM", role, "resource-set": set }]);
    const listed = (await send("GET", `${bindings}/${role}/members`)).body.members as { id: string }[];
    expect(listed).toHaveLength(2);
    expect((await send("DELETE", `${bindings}/${role}/members/${String(listed[0]?.id)}`)).status).toBe(204);
    expect(await rolesOfUser()).toEqual([]);
    expect((await send("DELETE", `${bindings}/${role}`)).status).toBe(204);
    expect(await code("GET", `${bindings}/${role}`)).toEqual([404, "E0000007"]);
  });

  it("refuse members the org does not have", async () => {
    const set = await newSet([`${sandbox.url}/api/v1/users`]);
    for (const members of [[], ["nobody"], [`${sandbox.url}/api/v1/users/00uNobody`]])
      expect(await code("POST", `${SETS}/${set}/bindings`, { role, members })).toEqual([400, "E0000001"]);
  });
});
