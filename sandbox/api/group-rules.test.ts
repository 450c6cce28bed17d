import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Sandbox, startSandbox } from "../server.ts";
import { clientOf, GOOD_PASSWORD, linkOf, newProfile, type Received, type Send } from "../test-client.ts";

let sandbox: Sandbox;
let send: Send;
let made = 0;

beforeAll(async () => {
  sandbox = await startSandbox();
  send = clientOf(sandbox);
});
afterAll(() => sandbox.close());

async function newUser(more: Record<string, unknown> = {}): Promise<string> {
  const credentials = { password: { value: GOOD_PASSWORD } };
  const answer = await send("POST", "/api/v1/users", { profile: newProfile(more), credentials });
  return String(answer.body.id);
}
async function newGroup(): Promise<string> {
  made += 1;
  return String((await send("POST", "/api/v1/groups", { profile: { name: `Target ${made}` } })).body.id);
}
function ruleBody(value: string, groupIds: string[], more: object = {}): Record<string, unknown> {
  made += 1;
  return {
    type: "group_rule",
    name: `Rule ${made}`,
    conditions: { expression: { type: "urn:okta:expression:1.0", value } },
    actions: { assignUserToGroups: { groupIds } },
    ...more,
  };
}
const create = (value: string, groupIds: string[], more: object = {}): Promise<Received> =>
  send("POST", "/api/v1/groups/rules", ruleBody(value, groupIds, more));
const step = (id: unknown, name: string) =>
  send("POST", `/api/v1/groups/rules/${String(id)}/lifecycle/${name}`);
const isIn = (groupId: string, userId: string) => sandbox.org.groups.byId(groupId)?.members.has(userId);
const update = (id: string, profile: object) => send("POST", `/api/v1/users/${id}`, { profile });

describe("group rules", () => {
  it("put people in on activation and on every change, and take them out again", async () => {
    const groupId = await newGroup();
    const early = await newUser({ department: "Robotics" });
    const rule = await create('user.department == "Robotics"', [groupId]);
    expect(rule.body).toMatchObject({ status: "INACTIVE", allGroupsValid: true });
    expect(isIn(groupId, early)).toBe(false);
    expect((await step(rule.body.id, "activate")).status).toBe(204);
    expect(isIn(groupId, early)).toBe(true);
    const late = await newUser({ department: "Robotics" });
    expect(isIn(groupId, late)).toBe(true);
    const event = sandbox.org.log.records.at(-1);
    expect(event?.eventType).toBe("group.user_membership.add");
    expect(event?.origin.actor.type).toBe("SystemPrincipal");
    await update(late, { department: "Sales" });
    expect(isIn(groupId, late)).toBe(false);
    await step(rule.body.id, "deactivate");
    expect(isIn(groupId, early)).toBe(true);
    await update(early, { department: "Sales" });
    expect(isIn(groupId, early)).toBe(true);
    await step(rule.body.id, "activate");
    expect(isIn(groupId, early)).toBe(false);
  });

  it("pass over the excluded, the pending, and whoever an admin removed", async () => {
    const groupId = await newGroup();
    const excluded = await newUser({ title: "Pilot" });
    const pending = await send("POST", "/api/v1/users?activate=false", {
      profile: newProfile({ title: "Pilot" }),
    });
    const users = { exclude: [excluded] };
    const rule = await create('user.title == "Pilot"', [groupId], {
      conditions: {
        expression: { type: "urn:okta:expression:1.0", value: 'user.title == "Pilot"' },
        people: { users },
      },
    });
    await step(rule.body.id, "activate");
    const removed = await newUser({ title: "Pilot" });
    expect([isIn(groupId, excluded), isIn(groupId, String(pending.body.id)), isIn(groupId, removed)]).toEqual(
      [false, false, true],
    );
    await send("DELETE", `/api/v1/groups/${groupId}/users/${removed}`);
    await update(removed, { nickName: "Ace" });
    expect(isIn(groupId, removed)).toBe(false);
    const read = await send("GET", `/api/v1/groups/rules/${String(rule.body.id)}`);
    expect(read.body.conditions).toMatchObject({ people: { users: { exclude: [excluded, removed] } } });
    expect(
      sandbox.org.log.records.some(
        ({ eventType }) => eventType === "group.user_membership.rule.add_exclusion",
      ),
    ).toBe(true);
  });

  it("follow one another through groups", async () => {
    const [first, second] = [await newGroup(), await newGroup()];
    const one = await create('user.city == "Bergen"', [first]);
    const two = await create(`isMemberOfGroup("${first}")`, [second]);
    await step(one.body.id, "activate");
    await step(two.body.id, "activate");
    const user = await newUser({ city: "Bergen" });
    expect(isIn(second, user)).toBe(true);
    await update(user, { city: "Oslo" });
    expect([isIn(first, user), isIn(second, user)]).toEqual([false, false]);
  });

  it("become invalid with their group", async () => {
    const groupId = await newGroup();
    const rule = await create("user.remote", [groupId]);
    await step(rule.body.id, "activate");
    await send("DELETE", `/api/v1/groups/${groupId}`);
    const read = await send("GET", `/api/v1/groups/rules/${String(rule.body.id)}`);
    expect(read.body).toMatchObject({ status: "INVALID", allGroupsValid: false });
    expect((await step(rule.body.id, "activate")).status).toBe(400);
  });

  it("change only while inactive, and go away a moment after the 202", async () => {
    const groupId = await newGroup();
    const user = await newUser({ title: "Baker" });
    const rule = await create('user.title == "Baker"', [groupId]);
    const path = `/api/v1/groups/rules/${String(rule.body.id)}`;
    await step(rule.body.id, "activate");
    const body = ruleBody('user.title == "Cook"', [groupId], { name: rule.body.name });
    expect((await send("PUT", path, body)).body.errorCode).toBe("E0000001");
    await step(rule.body.id, "deactivate");
    expect((await send("PUT", path, body)).body.status).toBe("INACTIVE");
    const gone = await send("DELETE", `${path}?removeUsers=true`);
    expect([gone.status, gone.body]).toEqual([202, {}]);
    expect(isIn(groupId, user)).toBe(true);
    await vi.waitFor(async () => expect((await send("GET", path)).status).toBe(404), 20_000);
    expect(isIn(groupId, user)).toBe(false);
  });

  it("search a part of the name and page", async () => {
    const groupId = await newGroup();
    for (const name of ["Alpha wolf", "Beta wolf", "Gamma fox"])
      await create("user.remote", [groupId], { name });
    const first = await send("GET", "/api/v1/groups/rules?search=WOLF&limit=1");
    expect(first.list.map((rule) => rule.name)).toEqual(["Alpha wolf"]);
    const second = await send("GET", linkOf(first.headers, "next") ?? "");
    expect(second.list.map((rule) => rule.name)).toEqual(["Beta wolf"]);
  });

  it.each([
    ["a name in use", { name: "Twice" }, "name: Policy rule name already in use"],
    ["a long name", { name: "x".repeat(51) }, "name: The field cannot exceed 50 characters"],
    ["no group", { actions: {} }, "groupIds: At least one group is required"],
    ["another type", { type: "policy" }, "type: must be group_rule"],
  ])("refuse %s", async (_, more, cause) => {
    const groupId = await newGroup();
    await create("user.remote", [groupId], { name: "Twice" });
    const answer = await create("user.remote", [groupId], more);
    expect([answer.status, answer.body.errorCauses]).toEqual([400, [{ errorSummary: cause }]]);
  });

  it("refuse an expression they do not understand", async () => {
    const answer = await create('user.nope == "x"', [await newGroup()]);
    expect(answer.body.errorSummary).toBe("Api validation failed: validateRule");
  });
});
