import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../server.ts";
import { clientOf, GOOD_PASSWORD, newProfile, type Received, type Send } from "../test-client.ts";

let sandbox: Sandbox;
let send: Send;

beforeAll(async () => {
  sandbox = await startSandbox();
  send = clientOf(sandbox);
});
afterAll(() => sandbox.close());

const causes = (answer: Received) =>
  (answer.body.errorCauses as { errorSummary: string }[]).map((cause) => cause.errorSummary);
const password = { password: { value: GOOD_PASSWORD } };
const question = { recovery_question: { question: "Which river?", answer: "danube" } };
const create = (query: string, body: Record<string, unknown> = {}) =>
  send("POST", `/api/v1/users${query}`, { profile: newProfile(), ...body });

describe("create", () => {
  it.each([
    ["without credentials", "", {}, "PROVISIONED"],
    ["staged", "?activate=false", {}, "STAGED"],
    ["with a password", "?activate=true", { credentials: password }, "ACTIVE"],
    ["with a password, staged", "?activate=false", { credentials: password }, "STAGED"],
    ["with a question only", "?activate=true", { credentials: question }, "PROVISIONED"],
    ["with password and question", "?activate=true", { credentials: { ...password, ...question } }, "ACTIVE"],
    ["with an empty password object", "", { credentials: { password: {} } }, "PROVISIONED"],
    [
      "with an outside provider",
      "?activate=true&provider=true",
      { credentials: { provider: { type: "FEDERATION", name: "FEDERATION" } } },
      "ACTIVE",
    ],
    ["with an expired password", "?nextLogin=changePassword", { credentials: password }, "PASSWORD_EXPIRED"],
  ])("%s", async (_name, query, body, status) => {
    const answer = await create(query, body);
    expect(answer.status).toBe(200);
    expect(answer.body.status).toBe(status);
    expect(answer.body.credentials).not.toHaveProperty("password.value");
  });

  it("joins groups and writes create, membership and activation in that order", async () => {
    const sales = sandbox.org.groups.byName("Sales");
    const answer = await create("", { groupIds: [sales?.id] });
    const id = String(answer.body.id);
    expect(sales?.members.has(id)).toBe(true);
    const events = sandbox.org.log.records.filter((record) => record.target?.[0]?.id === id);
    expect(events.map((record) => record.eventType)).toEqual([
      "user.lifecycle.create",
      "group.user_membership.add",
      "user.lifecycle.activate",
    ]);
    expect(events[1]?.target?.map((party) => party.type)).toEqual(["User", "UserGroup"]);
    expect(events[0]?.origin.actor.alternateId).toBe("grace.okafor@example.com");
  });

  it("refuses what the schema does not have, in the recorded form", async () => {
    const answer = await create("", { profile: newProfile({ shoeSize: 43 }) });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      errorCode: "E0000001",
      errorSummary: "Api validation failed: newUser",
      errorLink: "E0000001",
      errorId: expect.stringMatching(/^oae/),
      errorCauses: [{ errorSummary: "Property name 'shoeSize' is not defined in profile" }],
    });
  });

  it.each([
    ["a missing name", { firstName: null }, "firstName: The field cannot be left blank"],
    [
      "a login that is no address",
      { login: "plainname" },
      "login: Username must be in the form of an email address",
    ],
    ["a wrong type", { badgeNumber: 1.5 }, expect.stringContaining("badgeNumber: Type mismatch")],
    ["a wrong list", { skills: [1] }, expect.stringContaining("skills: Type mismatch")],
    [
      "a value outside the enum",
      { costCenterCode: "CC-999" },
      expect.stringContaining("costCenterCode: Value must be"),
    ],
  ])("refuses %s", async (_name, more, cause) => {
    const answer = await create("", { profile: newProfile(more) });
    expect(answer.body.errorCode).toBe("E0000001");
    expect(causes(answer)).toContainEqual(cause);
  });

  it("refuses a login in use, without looking at case", async () => {
    const answer = await create("", { profile: newProfile({ login: "ANN.LEE@example.com" }) });
    expect(causes(answer)).toEqual([
      "login: An object with this field already exists in the current organization",
    ]);
  });

  it.each([
    ["expiring a password that is not there", "?nextLogin=changePassword", {}, 400, "E0000124"],
    [
      "expiring without activating",
      "?nextLogin=changePassword&activate=false",
      { credentials: password },
      400,
      "E0000125",
    ],
    ["too many groups", "", { groupIds: Array.from({ length: 21 }, () => "00g") }, 400, "E0000093"],
    ["a group nobody has", "", { groupIds: ["00gnone"] }, 404, "E0000007"],
    ["a weak password", "", { credentials: { password: { value: "weak" } } }, 400, "E0000001"],
    ["a password hook", "", { credentials: { password: { hook: { type: "default" } } } }, 501, "E0000052"],
  ])("refuses %s", async (_name, query, body, status, code) => {
    const before = sandbox.org.users.size;
    const answer = await create(query, body);
    expect([answer.status, answer.body.errorCode]).toEqual([status, code]);
    expect(sandbox.org.users.size).toBe(before);
  });
});

describe("update of credentials alone", () => {
  it.each([
    ["recovery_question", { question: "Which?", answer: "that one" }],
    ["provider", { type: "FEDERATION", name: "FEDERATION" }],
  ])("writes the log for %s", async (name, value) => {
    const [user] = [...sandbox.org.users.all()];
    const before = sandbox.org.log.after(0).length;
    expect((await send("POST", `/api/v1/users/${user?.id}`, { credentials: { [name]: value } })).status).toBe(
      200,
    );
    const written = sandbox.org.log.after(0).slice(before);
    expect(written).toMatchObject([{ eventType: "user.account.update_profile" }]);
  });
});

describe("read", () => {
  it("finds by id, login, shortname and me", async () => {
    const me = await send("GET", "/api/v1/users/me");
    for (const key of [
      String(me.body.id),
      "grace.okafor@example.com",
      "GRACE.OKAFOR@example.com",
      "grace.okafor",
    ]) {
      expect((await send("GET", `/api/v1/users/${key}`)).body.id).toBe(me.body.id);
    }
  });

  it("does not guess an ambiguous shortname", async () => {
    await create("", { profile: newProfile({ login: "ann.lee@other.example" }) });
    const answer = await send("GET", "/api/v1/users/ann.lee");
    expect(answer.body).toMatchObject({
      errorCode: "E0000007",
      errorSummary: "Not found: Resource not found: ann.lee (User)",
    });
  });
});

describe("update", () => {
  const made = async () => {
    const answer = await create("", { profile: newProfile({ title: "Clerk", skills: ["a"] }) });
    return { id: String(answer.body.id), profile: answer.body.profile as Record<string, unknown> };
  };
  const profileOf = (answer: Received) => answer.body.profile as Record<string, unknown>;

  it("POST leaves omitted attributes, clears nulls, and logs what changed", async () => {
    const { id } = await made();
    const answer = await send("POST", `/api/v1/users/${id}`, { profile: { skills: null, city: "Oslo" } });
    expect(profileOf(answer)).toMatchObject({ title: "Clerk", city: "Oslo" });
    expect(profileOf(answer)).not.toHaveProperty("skills");
    const event = sandbox.org.log.records.at(-1);
    expect(event).toMatchObject({
      eventType: "user.account.update_profile",
      debugData: { changedAttributes: "city,skills" },
    });
  });

  it("POST that changes nothing writes no event and keeps the ETag", async () => {
    const { id } = await made();
    const etag = (await send("GET", `/api/v1/users/${id}`)).headers.get("etag");
    const seq = sandbox.org.log.lastSeq;
    const answer = await send("POST", `/api/v1/users/${id}`, { profile: { title: "Clerk" } });
    expect(answer.headers.get("etag")).toBe(etag);
    expect(sandbox.org.log.lastSeq).toBe(seq);
  });

  it("PUT deletes what is omitted and insists on required attributes", async () => {
    const { id, profile } = await made();
    const { login, email, firstName, lastName } = profile;
    const answer = await send("PUT", `/api/v1/users/${id}`, {
      profile: { login, email, firstName, lastName },
    });
    expect(profileOf(answer)).not.toHaveProperty("title");
    expect((await send("PUT", `/api/v1/users/${id}`, { profile: { login } })).status).toBe(400);
  });

  it("moves the login and frees the old one", async () => {
    const { id, profile } = await made();
    const login = `moved.${id}@tests.example`;
    await send("POST", `/api/v1/users/${id}`, { profile: { login } });
    expect((await send("GET", `/api/v1/users/${login}`)).body.id).toBe(id);
    expect((await send("GET", `/api/v1/users/${String(profile.login)}`)).status).toBe(404);
  });

  it("holds If-Match against the ETag", async () => {
    const { id } = await made();
    const etag = (await send("GET", `/api/v1/users/${id}`)).headers.get("etag") ?? "";
    const update = (city: string) =>
      send("POST", `/api/v1/users/${id}`, { profile: { city } }, { "if-match": etag });
    expect((await update("Oslo")).status).toBe(200);
    const second = await update("Bergen");
    expect([second.status, second.body.errorCode]).toEqual([412, "E0000231"]);
  });

  it("finishes an open account when an admin sets a password", async () => {
    const { id } = await made();
    const answer = await send("POST", `/api/v1/users/${id}`, { credentials: password });
    expect(answer.body.status).toBe("ACTIVE");
  });

  it("does not touch a deprovisioned user", async () => {
    const { id } = await made();
    await send("DELETE", `/api/v1/users/${id}`);
    expect((await send("POST", `/api/v1/users/${id}`, { profile: { city: "Oslo" } })).body.errorCode).toBe(
      "E0000007",
    );
  });
});

describe("resources", () => {
  it("lists groups with the recorded self link", async () => {
    const answer = await send("GET", "/api/v1/users/yuki.tanaka/groups");
    expect(answer.list.map((group) => (group.profile as { name: string }).name)).toEqual([
      "Everyone",
      "Engineering",
      "VPN Users",
    ]);
    expect(answer.headers.get("link")).toContain('/groups?limit=200>; rel="self"');
  });

  it("assigns a role once and says what is left when it goes", async () => {
    const id = String((await create("")).body.id);
    const assign = () => send("POST", `/api/v1/users/${id}/roles`, { type: "USER_ADMIN" });
    const first = await assign();
    expect([first.status, first.body.label]).toEqual([201, "Group Administrator"]);
    const second = await assign();
    expect([second.status, second.body.errorCode]).toEqual([409, "E0000090"]);
    await send("DELETE", `/api/v1/users/${id}/roles/${String(first.body.id)}`);
    expect(sandbox.org.log.records.at(-1)?.eventType).toBe("user.account.privilege.revoke");
  });

  it("takes ids only where Okta documents ids only", async () => {
    expect((await send("DELETE", "/api/v1/users/ann.lee@example.com/sessions")).status).toBe(404);
    const id = sandbox.org.users.byLogin("ann.lee@example.com")?.id;
    expect((await send("DELETE", `/api/v1/users/${id}/sessions`)).status).toBe(204);
  });

  it("pages admins in the body", async () => {
    const first = await send("GET", "/api/v1/iam/assignees/users?limit=2");
    expect(first.body.value).toHaveLength(2);
    const next = (first.body._links as { next: { href: string } }).next.href;
    const second = await send("GET", next);
    expect(second.body.value).toHaveLength(1);
    expect(second.body).not.toHaveProperty("_links");
  });
});
