import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GroupRecord } from "../org/groups.ts";
import { type Sandbox, startSandbox } from "../server.ts";
import { clientOf, linkOf, newProfile, type Received, type Send } from "../test-client.ts";

let sandbox: Sandbox;
let send: Send;

beforeAll(async () => {
  sandbox = await startSandbox();
  send = clientOf(sandbox);
});
afterAll(() => sandbox.close());

function named(name: string): GroupRecord {
  const group = sandbox.org.groups.byName(name);
  if (!group) throw new Error(`There is no group ${name}.`);
  return group;
}
const names = (answer: Received) => answer.list.map((group) => (group.profile as { name: string }).name);
const list = (query: Record<string, string>) => send("GET", `/api/v1/groups?${new URLSearchParams(query)}`);
const lastEvent = () => sandbox.org.log.records.at(-1);

describe("groups", () => {
  it("creates with 200 and logs it", async () => {
    const answer = await send("POST", "/api/v1/groups", { profile: { name: "Robots", description: "d" } });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      type: "OKTA_GROUP",
      objectClass: ["okta:user_group"],
      profile: { name: "Robots", description: "d" },
    });
    expect(lastEvent()).toMatchObject({
      eventType: "group.lifecycle.create",
      target: [{ id: answer.body.id, type: "UserGroup" }],
    });
  });

  it("replaces the whole profile", async () => {
    const { body } = await send("POST", "/api/v1/groups", { profile: { name: "Before", description: "d" } });
    const answer = await send("PUT", `/api/v1/groups/${String(body.id)}`, { profile: { name: "After" } });
    expect(answer.body.profile).toEqual({ name: "After" });
    expect(lastEvent()).toMatchObject({
      eventType: "group.profile.update",
      debugData: { changedAttributes: "name,description" },
    });
    expect((await send("POST", "/api/v1/groups", { profile: { name: "Before" } })).status).toBe(200);
  });

  it("deletes and leaves no membership behind", async () => {
    const group = named("Quarantine");
    const user = sandbox.org.users.byLogin("ann.lee@example.com");
    await send("PUT", `/api/v1/groups/${group.id}/users/${user?.id}`);
    expect((await send("DELETE", `/api/v1/groups/${group.id}`)).status).toBe(204);
    expect(lastEvent()?.eventType).toBe("group.lifecycle.delete");
    expect((await send("GET", `/api/v1/groups/${group.id}`)).body.errorSummary).toBe(
      `Not found: Resource not found: ${group.id} (UserGroup)`,
    );
    expect(sandbox.org.groups.ofUser(user?.id ?? "")).not.toContain(group);
  });

  it("leaves built-in and imported groups alone", async () => {
    for (const name of ["Everyone", "VPN Users"]) {
      const path = `/api/v1/groups/${named(name).id}`;
      expect((await send("DELETE", path)).body.errorCode).toBe("E0000006");
      expect((await send("PUT", path, { profile: { name: "Other" } })).body.errorCode).toBe("E0000006");
    }
  });

  it.each([
    [{ profile: { name: "sales" } }],
    [{ profile: { description: "no name" } }],
    [{ profile: { name: "Odd", owner: "x" } }],
    [{}],
  ])("refuses %j", async (body) => {
    const answer = await send("POST", "/api/v1/groups", body);
    expect([answer.status, answer.body.errorCode]).toEqual([400, "E0000001"]);
  });
});

describe("list", () => {
  it("q matches the start of the name and never pages", async () => {
    const answer = await list({ q: "ma", limit: "1" });
    expect(names(answer)).toEqual(["Marketing"]);
    expect(linkOf(answer.headers, "next")).toBeNull();
  });

  it("filters, searches, sorts", async () => {
    expect(names(await list({ filter: 'type eq "BUILT_IN"' }))).toEqual(["Everyone"]);
    expect(names(await list({ search: 'profile.name sw "s" or profile.name eq "product"' }))).toEqual([
      "Product",
      "Sales",
    ]);
    expect(
      names(
        await list({ search: 'profile.description co "people"', sortBy: "profile.name", sortOrder: "desc" }),
      ),
    ).toEqual(["Managers", "Human Resources"]);
    expect((await list({ filter: 'profile.name eq "Sales"' })).body.errorCode).toBe("E0000031");
    expect((await list({ search: 'profile.name gt "S"' })).body.errorCode).toBe("E0000031");
    expect((await list({ search: "id pr", filter: 'id eq "x"' })).body.errorCode).toBe("E0000033");
  });

  it("pages to the end", async () => {
    const seen: string[] = [];
    let next: string | null = "/api/v1/groups?limit=4";
    while (next) {
      const answer: Received = await send("GET", next);
      seen.push(...names(answer));
      next = linkOf(answer.headers, "next");
    }
    expect(seen).toHaveLength(sandbox.org.groups.size);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it("counts members on request", async () => {
    const [everyone] = (await list({ q: "Everyone", expand: "stats" })).list;
    expect(everyone).toMatchObject({ _embedded: { stats: { usersCount: sandbox.org.users.size } } });
  });
});

describe("members", () => {
  const newUser = async () =>
    String((await send("POST", "/api/v1/users", { profile: newProfile() })).body.id);

  it("adds once, removes once, however often it is asked", async () => {
    const user = await newUser();
    const group = named("Engineering");
    const path = `/api/v1/groups/${group.id}/users/${user}`;
    const seq = () => sandbox.org.log.lastSeq;
    const before = seq();
    expect((await send("PUT", path)).status).toBe(204);
    expect((await send("PUT", path)).status).toBe(204);
    expect(seq()).toBe(before + 1);
    expect(lastEvent()).toMatchObject({
      eventType: "group.user_membership.add",
      target: [
        { id: user, type: "User" },
        { id: group.id, type: "UserGroup", displayName: "Engineering" },
      ],
    });
    expect((await send("DELETE", path)).status).toBe(204);
    expect((await send("DELETE", path)).status).toBe(204);
    expect(seq()).toBe(before + 2);
    expect(lastEvent()?.eventType).toBe("group.user_membership.remove");
  });

  it("pages in order of joining, exact while members leave", async () => {
    const group = named("Sales");
    const first = await send("GET", `/api/v1/groups/${group.id}/users?limit=3`);
    const seen = first.list.map((user) => String(user.id));
    await send("DELETE", `/api/v1/groups/${group.id}/users/${seen.at(-1)}`);
    let next = linkOf(first.headers, "next");
    while (next) {
      const answer: Received = await send("GET", next);
      seen.push(...answer.list.map((user) => String(user.id)));
      next = linkOf(answer.headers, "next");
    }
    expect(seen).toHaveLength(10);
    expect(new Set(seen).size).toBe(10);
  });

  it.each([
    ["Everyone", 501, "E0000060"],
    ["VPN Users", 403, "E0000006"],
  ])("refuses to manage %s", async (name, status, code) => {
    const path = `/api/v1/groups/${named(name).id}/users/${await newUser()}`;
    for (const method of ["PUT", "DELETE"]) {
      const answer = await send(method, path);
      expect([answer.status, answer.body.errorCode]).toEqual([status, code]);
    }
  });

  it("takes ids, not logins", async () => {
    const answer = await send("PUT", `/api/v1/groups/${named("Sales").id}/users/ann.lee@example.com`);
    expect(answer.body.errorCode).toBe("E0000007");
  });
});
