import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { jsonObjectSchema } from "../../flow/json.ts";
import type { Actor } from "../accounts/actor.ts";
import { createConnection } from "../connections/create-connection.ts";
import { openTestOrg } from "../connections/test-org.ts";
import { testCard } from "./test-card.ts";

const owner: Actor = { kind: "user", id: "1", name: "Ann", role: "owner" };
/** Three pages, the last one not full. */
const GROUPS = 450;
let org: Awaited<ReturnType<typeof openTestOrg>>;

beforeAll(async () => {
  org = await openTestOrg();
  const { url: orgUrl, token } = org.sandbox;
  await limited(10_000, 60);
  await createConnection(owner, { name: "Sandbox", alias: "okta", orgUrl, token });
  const authorization = `SSWS ${token}`;
  for (let number = 0; number < GROUPS; number++) {
    const response = await fetch(new URL("/api/v1/groups", orgUrl), {
      method: "POST",
      headers: { authorization, "content-type": "application/json" },
      body: JSON.stringify({ profile: { name: `Many ${number}` } }),
    });
    expect(response.status).toBe(200);
  }
});
afterAll(() => org.close());

/** Lets the org take so many calls in so many seconds. */
async function limited(limit: number, windowSeconds: number): Promise<void> {
  const response = await fetch(new URL("/sandbox/rate-limits", org.sandbox.url), {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ windowSeconds, buckets: [{ id: "all", prefix: "/", limit }] }),
  });
  expect(response.status).toBe(200);
}

const search = (inputs: object) =>
  testCard(owner, "okta.groups.search", {
    connection: "okta",
    options: { resultSet: "all", searchBy: "search" },
    inputs: jsonObjectSchema.parse({ search: 'profile.name sw "Many"', ...inputs }),
    confirmWrite: false,
  });

it("goes along the links to the end of a list, and on from the page where the rate limit was met", async () => {
  await limited(2, 2);
  const { outputs, exchanges, error } = await search({});
  expect(error).toBeUndefined();
  const groups = z.array(z.object({ profile: z.object({ name: z.string() }) })).parse(outputs?.groups);
  const names = groups.map(({ profile }) => profile.name);
  expect(new Set(names).size).toBe(GROUPS);
  const answered = exchanges.filter(({ status }) => status === 200).map(({ path }) => path);
  expect(answered).toHaveLength(3);
  expect(new Set(answered).size).toBe(3);
  expect(exchanges.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
});

it("asks for no page more than its Record Limit needs", async () => {
  await limited(10_000, 60);
  const { outputs, exchanges } = await search({ recordLimit: 201 });
  expect(outputs?.groups).toHaveLength(201);
  expect(exchanges).toHaveLength(2);
});
