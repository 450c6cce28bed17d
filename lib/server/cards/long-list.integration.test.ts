import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { z } from "zod";
import { jsonObjectSchema } from "../../flow/json.ts";
import { registry } from "../../registry.ts";
import type { Actor } from "../accounts/actor.ts";
import { createConnection } from "../connections/create-connection.ts";
import { createEngineConnections } from "../connections/engine-connections.ts";
import { openTestOrg } from "../connections/test-org.ts";
import { documentOf } from "../db/test-records.ts";
import { createExecutor } from "../executor/run-execution.ts";
import { started } from "../executor/test-calls.ts";
import { testCard } from "./test-card.ts";

const owner: Actor = { kind: "user", id: "1", name: "Ann", role: "owner" };
/** Two pages, the last one not full. */
const GROUPS = 230;
let org: Awaited<ReturnType<typeof openTestOrg>>;

beforeAll(async () => {
  org = await openTestOrg();
  const { url: orgUrl, token } = org.sandbox;
  await limited(10_000, 60);
  await createConnection(owner, { name: "Sandbox", alias: "okta", orgUrl, token });
  const authorization = `SSWS ${token}`;
  const create = async (name: string) => {
    const response = await fetch(new URL("/api/v1/groups", orgUrl), {
      method: "POST",
      headers: { authorization, "content-type": "application/json" },
      body: JSON.stringify({ profile: { name } }),
    });
    expect(response.status).toBe(200);
  };
  await Promise.all(Array.from({ length: GROUPS }, (_, number) => create(`Many ${number}`)));
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
  await limited(1, 2);
  const { outputs, exchanges, error } = await search({});
  expect(error).toBeUndefined();
  const groups = z
    .array(z.object({ profile: z.object({ name: z.string() }) }))
    .parse(jsonObjectSchema.parse(outputs).groups);
  const names = groups.map(({ profile }) => profile.name);
  expect(new Set(names).size).toBe(GROUPS);
  const answered = exchanges.filter(({ status }) => status === 200).map(({ path }) => path);
  expect(answered).toHaveLength(2);
  expect(new Set(answered).size).toBe(2);
  expect(exchanges.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
});

const listing = documentOf({
  cards: {
    e: { card: "okta.events.custom", v: 1, connection: "okta", options: {} },
    c: {
      card: "okta.groups.search",
      v: 1,
      connection: "okta",
      options: { resultSet: "all", searchBy: "search" },
      inputs: { search: { value: 'profile.name sw "Many"' } },
    },
  },
  edges: [{ from: "e", out: "next", to: "c" }],
});
const stateOf = async (id: string) => {
  const { status, reason, waitingUntil } = await org.prisma.execution.findUniqueOrThrow({ where: { id } });
  return { status, reason, waits: waitingUntil !== null && waitingUntil.getTime() > Date.now() };
};
const WAITS = "Waiting for Okta: its rate limit is used up.";

it("stops in the middle of a list when the execution is cancelled, and waits for the limit no longer", async () => {
  const { id } = await started(org, listing);
  const executor = createExecutor({ database: org, registry, connections: createEngineConnections() });
  // The second page would have to wait for ten minutes.
  await limited(1, 600);
  const run = executor.run(id);
  await vi.waitFor(
    async () => expect(await stateOf(id)).toEqual({ status: "running", reason: WAITS, waits: true }),
    { timeout: 20_000 },
  );
  executor.cancel(id);
  await run;
  expect(await stateOf(id)).toMatchObject({ status: "cancelled", waits: false });
  const step = await org.prisma.step.findFirstOrThrow({ where: { executionId: id, path: "c" } });
  expect(step).toMatchObject({ status: "failed", error: { code: "cancelled" } });
});

it("waits in half of the places a worker has; who comes later leaves the worker and says what it waits for", async () => {
  const [first, second] = [await started(org, listing), await started(org, listing)];
  const connections = createEngineConnections();
  const executor = createExecutor({ database: org, registry, connections, concurrency: 2 });
  await limited(1, 600);
  const run = executor.run(first.id);
  await vi.waitFor(async () => expect((await stateOf(first.id)).waits).toBe(true), { timeout: 20_000 });
  // A new window, of which the first does not know: the second gets its first page.
  await limited(1, 600);
  await executor.run(second.id);
  expect(await stateOf(second.id)).toEqual({ status: "waiting", reason: WAITS, waits: true });
  expect(await stateOf(first.id)).toEqual({ status: "running", reason: WAITS, waits: true });
  const step = await org.prisma.step.findFirstOrThrow({ where: { executionId: second.id, path: "c" } });
  expect(step.exchanges).toHaveLength(2);
  executor.cancel(first.id);
  await run;
});

it("asks for no page more than its Record Limit needs", async () => {
  await limited(10_000, 60);
  const { outputs, exchanges } = await search({ recordLimit: 201 });
  expect(jsonObjectSchema.parse(outputs).groups).toHaveLength(201);
  expect(exchanges).toHaveLength(2);
});
