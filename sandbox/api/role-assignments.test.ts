import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SEED_RESOURCE_SET_ID, SEED_ROLE_ID } from "../org/seed-iam.ts";
import { type Sandbox, startSandbox } from "../server.ts";
import { clientOf, newProfile, type Send } from "../test-client.ts";

let sandbox: Sandbox;
let send: Send;
let user: string;

beforeAll(async () => {
  sandbox = await startSandbox();
  send = clientOf(sandbox);
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  user = String((await send("POST", "/api/v1/users", { profile: newProfile() })).body.id);
});

const CUSTOM = { type: "CUSTOM", role: SEED_ROLE_ID, "resource-set": SEED_RESOURCE_SET_ID };
const rolesOf = (kind: "users" | "groups", id: string) => `/api/v1/${kind}/${id}/roles`;
const newGroup = async (name: string) =>
  String((await send("POST", "/api/v1/groups", { profile: { name } })).body.id);
const lastEvents = (count: number) =>
  sandbox.org.log.records.slice(-count).map(({ eventType, debugData }) => ({
    eventType,
    granted: debugData.privilegeGranted,
    revoked: debugData.privilegeRevoked,
  }));

describe("roles of a user", () => {
  it("are standard and custom, each once", async () => {
    const standard = await send("POST", rolesOf("users", user), { type: "APP_ADMIN" });
    const custom = await send("POST", rolesOf("users", user), CUSTOM);
    expect([standard.status, custom.status]).toEqual([201, 201]);
    expect(custom.body).toMatchObject({
      type: "CUSTOM",
      label: "Credential Helper",
      assignmentType: "USER",
      role: SEED_ROLE_ID,
      "resource-set": SEED_RESOURCE_SET_ID,
    });
    for (const again of [{ type: "APP_ADMIN" }, CUSTOM]) {
      const { status, body } = await send("POST", rolesOf("users", user), again);
      expect([status, body.errorCode]).toEqual([409, "E0000090"]);
    }
    const { list } = await send("GET", rolesOf("users", user));
    expect(list.map(({ id }) => id)).toEqual([standard.body.id, custom.body.id]);
    expect((await send("GET", `${rolesOf("users", user)}/${custom.body.id}`)).body).toEqual(custom.body);
  });

  it("tell of every change which roles are left", async () => {
    const standard = await send("POST", rolesOf("users", user), { type: "APP_ADMIN" });
    const custom = await send("POST", rolesOf("users", user), CUSTOM);
    await send("DELETE", `${rolesOf("users", user)}/${standard.body.id}`);
    await send("DELETE", `${rolesOf("users", user)}/${custom.body.id}`);
    const [app, own] = ["Application Administrator", "Credential Helper"];
    expect(lastEvents(6)).toEqual([
      { eventType: "user.account.privilege.grant", granted: app },
      { eventType: "iam.resourceset.bindings.add" },
      { eventType: "user.account.privilege.grant", granted: `${app}, ${own}` },
      { eventType: "user.account.privilege.grant", granted: own, revoked: app },
      { eventType: "iam.resourceset.bindings.delete" },
      { eventType: "user.account.privilege.revoke", revoked: own },
    ]);
  });

  it.each([
    ["an unknown standard role", { type: "KING" }, 400, "E0000001"],
    ["a name every object has", { type: "constructor" }, 400, "E0000001"],
    ["a custom role there is not", { ...CUSTOM, role: "cr0None" }, 404, "E0000007"],
    ["a resource set there is not", { ...CUSTOM, "resource-set": "iamNone" }, 404, "E0000007"],
    ["a custom role without its set", { type: "CUSTOM", role: SEED_ROLE_ID }, 400, "E0000001"],
  ])("refuse %s", async (_name, body, status, code) => {
    const answer = await send("POST", rolesOf("users", user), body);
    expect([answer.status, answer.body.errorCode]).toEqual([status, code]);
  });
});

describe("roles of a group", () => {
  it("are held by its members, and taken from the group alone", async () => {
    const group = await newGroup("Auditors");
    const given = await send("POST", rolesOf("groups", group), { type: "REPORT_ADMIN" });
    expect(given.body).toMatchObject({ assignmentType: "GROUP" });
    expect(lastEvents(1)).toEqual([{ eventType: "group.privilege.grant", granted: "Report Administrator" }]);
    await send("PUT", `/api/v1/groups/${group}/users/${user}`);
    const { list } = await send("GET", rolesOf("users", user));
    expect(list).toMatchObject([{ id: given.body.id, assignmentType: "GROUP" }]);
    const admins = (await send("GET", "/api/v1/iam/assignees/users")).body.value as { id: string }[];
    expect(admins.map(({ id }) => id)).toContain(user);
    expect((await send("DELETE", `${rolesOf("users", user)}/${given.body.id}`)).status).toBe(404);
    expect((await send("DELETE", `${rolesOf("groups", group)}/${given.body.id}`)).status).toBe(204);
    expect((await send("GET", rolesOf("users", user))).list).toEqual([]);
  });

  it("are refused to Everyone and to groups a rule fills", async () => {
    const everyone = sandbox.org.everyone().id;
    const refused = await send("POST", rolesOf("groups", everyone), { type: "REPORT_ADMIN" });
    expect(refused.body.errorCode).toBe("E0000211");
    const group = await newGroup("Filled");
    const expression = { type: "urn:okta:expression:1.0", value: 'user.title == "Nobody"' };
    const rule = await send("POST", "/api/v1/groups/rules", {
      type: "group_rule",
      name: "Fills",
      conditions: { expression },
      actions: { assignUserToGroups: { groupIds: [group] } },
    });
    await send("POST", `/api/v1/groups/rules/${rule.body.id}/lifecycle/activate`);
    const ruled = await send("POST", rolesOf("groups", group), { type: "REPORT_ADMIN" });
    expect(ruled.body.errorCode).toBe("E0000192");
  });

  it("end with the group", async () => {
    const group = await newGroup("Short-lived");
    await send("POST", rolesOf("groups", group), CUSTOM);
    await send("PUT", `/api/v1/groups/${group}/users/${user}`);
    await send("DELETE", `/api/v1/groups/${group}`);
    expect((await send("GET", rolesOf("users", user))).list).toEqual([]);
  });
});

describe("the list of admins", () => {
  it("pages in its body", async () => {
    const seen: string[] = [];
    for (let path = "/api/v1/iam/assignees/users?limit=2"; path !== ""; ) {
      const { body } = await send("GET", path);
      const { value, _links } = body as { value: { id: string }[]; _links?: { next: { href: string } } };
      expect(value.length).toBeLessThanOrEqual(2);
      seen.push(...value.map(({ id }) => id));
      path = _links?.next.href ?? "";
    }
    expect(seen).toContain(sandbox.org.owners.full);
    expect(new Set(seen).size).toBe(seen.length);
  });
});
