import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../server.ts";
import { clientOf, linkOf, type Send } from "../test-client.ts";

let sandbox: Sandbox;
let send: Send;

beforeAll(async () => {
  sandbox = await startSandbox();
  send = clientOf(sandbox);
});
afterAll(() => sandbox.close());

const list = (query: Record<string, string>) => send("GET", `/api/v1/users?${new URLSearchParams(query)}`);
const lastNames = async (query: Record<string, string>) =>
  (await list(query)).list.map((user) => (user.profile as { lastName: string }).lastName);

/** Follows rel=next to the end. */
async function walk(query: Record<string, string>): Promise<string[]> {
  const ids: string[] = [];
  let next: string | null = `/api/v1/users?${new URLSearchParams(query)}`;
  while (next) {
    const answer = await send("GET", next);
    ids.push(...answer.list.map((user) => String(user.id)));
    next = linkOf(answer.headers, "next");
  }
  return ids;
}

describe("paging", () => {
  it.each(["1", "7", "200"])("sees everyone but the deprovisioned once, by pages of %s", async (limit) => {
    const ids = await walk({ limit });
    expect(ids).toHaveLength(57);
    expect(new Set(ids).size).toBe(57);
  });

  it("keeps the query in self and next, and caps the limit", async () => {
    const answer = await list({ limit: "999", search: 'status eq "ACTIVE"' });
    expect(linkOf(answer.headers, "self")).toContain("limit=200");
    expect(linkOf(answer.headers, "next")).toBeNull();
    const paged = await list({ limit: "5", search: 'status eq "ACTIVE"' });
    expect(linkOf(paged.headers, "next")).toMatch(/search=.*after=/);
  });

  it("stays exact when users come and go between pages", async () => {
    const first = await list({ limit: "10" });
    const seen = first.list.map((user) => String(user.id));
    const last = sandbox.org.users.byId(seen.at(-1) ?? "");
    if (!last) throw new Error("The page was empty.");
    sandbox.org.users.remove(last);
    const rest = await walk({
      limit: "10",
      after: new URL(linkOf(first.headers, "next") ?? "").searchParams.get("after") ?? "",
    });
    sandbox.org.users.add(last);
    expect(new Set([...seen, ...rest]).size).toBe(57);
  });

  it("pages a sorted search exactly, both ways", async () => {
    const query = { search: "profile.userType pr", sortBy: "profile.department", limit: "7" };
    const up = await walk({ ...query, sortOrder: "asc" });
    const down = await walk({ ...query, sortOrder: "desc" });
    expect(up).toHaveLength(60);
    expect(new Set(up).size).toBe(60);
    expect(new Set(down)).toEqual(new Set(up));
    const departmentOf = (id: string | undefined) => sandbox.org.users.byId(id ?? "")?.profile.department;
    expect(departmentOf(up[0])).toBe("Administration");
    expect(departmentOf(down[0])).toBe("Sales");
  });

  it("refuses a cursor and a limit it did not make", async () => {
    expect((await list({ after: "00u1" })).body.errorCode).toBe("E0000029");
    expect((await list({ limit: "0" })).body.errorCode).toBe("E0000001");
    expect((await list({ limit: "ten" })).body.errorCode).toBe("E0000001");
  });
});

describe("q", () => {
  it("matches the start of names and mail, never pages, hides the deprovisioned", async () => {
    expect(await lastNames({ q: "oka" })).toEqual(["Okafor"]);
    expect(await lastNames({ q: "ra" })).toEqual(expect.arrayContaining(["Raman", "Green", "Rashid"]));
    expect(await lastNames({ q: "Hank" })).toEqual([]);
    const answer = await list({ q: "a" });
    expect(linkOf(answer.headers, "next")).toBeNull();
    expect(answer.list.length).toBeLessThanOrEqual(10);
  });
});

describe("filter", () => {
  it("shows the deprovisioned and compares with case", async () => {
    expect(await lastNames({ filter: 'status eq "DEPROVISIONED"' })).toEqual(["Costa", "Ivanova", "Miller"]);
    expect(await lastNames({ filter: 'profile.lastName eq "lee"' })).toEqual([]);
    expect(await lastNames({ filter: 'profile.lastName eq "Lee"' })).toEqual(["Lee"]);
  });

  it.each(['profile.department eq "Sales"', 'profile.lastName sw "L"', "status eq", 'lastUpdated gt "soon"'])(
    "refuses %s",
    async (filter) => {
      expect((await list({ filter })).body.errorCode).toBe("E0000031");
    },
  );

  it("does not go with search", async () => {
    const answer = await list({ filter: 'status eq "ACTIVE"', search: 'status eq "ACTIVE"' });
    expect([answer.status, answer.body.errorCode]).toEqual([400, "E0000033"]);
  });
});

describe("search", () => {
  it.each<[string, number]>([
    ['profile.department eq "sales"', 10],
    ['profile.department eq "Sales" and not (profile.userType eq "Contractor")', 9],
    ['profile.lastName sw "L" and (profile.firstName eq "ann" or profile.firstName co "VEN")', 2],
    ["profile.badgeNumber ge 4010 and profile.badgeNumber lt 4013", 3],
    ["profile.remote eq true", 15],
    ['profile.skills eq "support"', 6],
    ['profile.skills pr and profile.department eq "Sales"', 4],
    ['profile.contractEndDate lt "2027-03-01"', 2],
    ['created gt "2025-01-01T00:00:00.000Z" and status eq "ACTIVE"', 9],
    ['profile.login eq "ANN.LEE@example.com"', 1],
    ['profile.login eq "nobody@example.com"', 0],
  ])("%s", async (search, count) => {
    const answer = await list({ search });
    expect(answer.status).toBe(200);
    expect(answer.list).toHaveLength(count);
  });

  it.each([
    'profile.shoeSize eq "43"',
    "status",
    '(status eq "ACTIVE"',
    'status is "ACTIVE"',
    'created gt "x"',
  ])("refuses %s", async (search) => {
    const answer = await list({ search });
    expect([answer.status, answer.body.errorCode]).toEqual([400, "E0000031"]);
  });
});
