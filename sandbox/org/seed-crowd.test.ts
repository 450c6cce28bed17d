import { afterAll, beforeAll, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../server.ts";
import { clientOf, linkOf, type Send } from "../test-client.ts";

const USERS = 2500;
let sandbox: Sandbox;
let send: Send;

beforeAll(async () => {
  sandbox = await startSandbox({ users: USERS });
  send = clientOf(sandbox);
});
afterAll(() => sandbox.close());

/** The ids of a whole list, page by page. */
async function walk(path: string): Promise<unknown[]> {
  const ids: unknown[] = [];
  for (let next: string | null = path; next !== null; ) {
    const { list, headers } = await send("GET", next);
    ids.push(...list.map(({ id }) => id));
    next = linkOf(headers, "next");
  }
  return ids;
}

it("fills the org up, the same after a reset", async () => {
  const ids = () => [...sandbox.org.users.all()].map(({ id }) => id);
  const before = ids();
  expect(before).toHaveLength(USERS);
  sandbox.reset();
  expect(ids()).toEqual(before);
  const { body } = await send("GET", "/api/v1/users/crowd.7");
  expect(body).toMatchObject({ status: "ACTIVE", profile: { employeeNumber: "100007" } });
});

it.each([
  ["/api/v1/users", USERS - 3],
  ["/api/v1/users?search=status pr&sortBy=profile.lastName&sortOrder=desc", USERS],
  ['/api/v1/users?search=profile.department eq "Stores"&limit=100', 610],
  ['/api/v1/users?filter=status eq "DEPROVISIONED"&limit=1', 3],
])("gives each of %s once, page by page", async (path, count) => {
  const ids = await walk(encodeURI(path));
  expect([ids.length, new Set(ids).size]).toEqual([count, count]);
});

it("gives each member of a group once", async () => {
  const ids = await walk(`/api/v1/groups/${sandbox.org.everyone().id}/users?limit=999`);
  expect([ids.length, new Set(ids).size]).toEqual([USERS, USERS]);
});
