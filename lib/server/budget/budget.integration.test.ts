import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../../sandbox/server.ts";
import { addConnection, openTestDatabase } from "../db/test-records.ts";
import { tokenAuthorizer } from "../okta/authorizer.ts";
import { createOktaClient } from "../okta/okta-http-client.ts";
import { type CallGates, createCallGates } from "./call-gates.ts";
import { callWithWaits } from "./test-calls.ts";

let db: Awaited<ReturnType<typeof openTestDatabase>>;
let sandbox: Sandbox;
let connection: Awaited<ReturnType<typeof addConnection>>;

const opened: CallGates[] = [];
const openGates = () => {
  const gates = createCallGates(db);
  opened.push(gates);
  return gates;
};

beforeAll(async () => {
  [db, sandbox] = [await openTestDatabase(), await startSandbox()];
});
beforeEach(async () => {
  sandbox.reset();
  connection = await addConnection(db, { orgUrl: sandbox.url });
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((gates) => gates.close()));
});
afterAll(async () => {
  await sandbox.close();
  await db.drop();
});

async function limit(calls: number, windowSeconds: number, concurrency: number | null = null) {
  const body = { windowSeconds, concurrency, buckets: [{ id: "all", prefix: "/", limit: calls }] };
  const answer = await fetch(`${sandbox.url}/sandbox/rate-limits`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
}

const clientOf = (gates: CallGates) => () =>
  createOktaClient({
    orgUrl: sandbox.url,
    authorizer: tokenAuthorizer(sandbox.token),
    gate: gates.of(connection),
  });
const READ = { method: "GET", path: "/api/v1/groups" } as const;

test("two workers never use more than the share of a window, and are never refused", async () => {
  await limit(40, 4);
  const workers = [openGates(), openGates()];
  const clients = workers.map(clientOf);
  const waits: Record<string, number> = {};
  const calls = clients.flatMap((client) =>
    Array.from({ length: 25 }, () => callWithWaits(client, READ, waits)),
  );
  const answers = await Promise.all(calls);
  const windows = Object.groupBy(answers, ({ headers }) => headers["x-rate-limit-reset"] ?? "");
  const used = Object.values(windows).map((inWindow) => inWindow?.length ?? 0);
  expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
  expect(used.filter((calls) => calls > 20)).toEqual([]);
  // A refusal by Okta itself would have come with Okta's code.
  expect(Object.keys(waits)).toEqual(["budget-spent"]);
  await Promise.all(workers.map((worker) => worker.close()));
  const bucket = await db.prisma.rateBucket.findFirstOrThrow({ where: { connectionId: connection.id } });
  expect(bucket).toMatchObject({ bucket: "GET /api/v1/groups", callLimit: 40 });
});

const PATHS = [
  { method: "GET", path: "/api/v1/groups" },
  { method: "GET", path: "/api/v1/groups/00gnone/users" },
  { method: "DELETE", path: "/api/v1/groups/00gnone" },
] as const;

test("calls we name apart and Okta counts together use the share once, in two workers", async () => {
  await limit(40, 6);
  const workers = [openGates(), openGates()];
  const clients = workers.map(clientOf);
  const resets: string[] = [];
  const one = async (index: number) => {
    const client = clients[index % 2];
    const call = PATHS[index % PATHS.length];
    if (!client || !call) throw new Error("There is none such.");
    const answer = await callWithWaits(client, { ...call, refusals: "give" });
    resets.push(answer.headers["x-rate-limit-reset"] ?? "");
  };
  // Once each, in either worker, and then all at once.
  for (let index = 0; index < 6; index++) await one(index);
  await Promise.all(Array.from({ length: 54 }, (_, index) => one(index)));
  const used = Object.values(Object.groupBy(resets, (reset) => reset)).map((calls) => calls?.length ?? 0);
  expect(used.reduce((sum, calls) => sum + calls)).toBe(60);
  expect(used.filter((calls) => calls > 20)).toEqual([]);
  // All of the share, and not a part of it for each.
  expect(Math.max(...used)).toBeGreaterThanOrEqual(17);
}, 90_000);

test("buckets that end in the same second by chance have a share each", async () => {
  const buckets = [
    { id: "groups", prefix: "/api/v1/groups", limit: 40 },
    { id: "other", prefix: "/", limit: 40 },
  ];
  await fetch(`${sandbox.url}/sandbox/rate-limits`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ windowSeconds: 60, buckets }),
  });
  const client = clientOf(openGates());
  let made = 0;
  for (; made < 36; made++) {
    const path = made % 2 === 0 ? "/api/v1/groups" : "/api/v1/apps";
    await client().request({ method: "GET", path });
  }
  expect(made).toBe(36);
});

test("a bucket that is used up holds nobody up who calls another", async () => {
  const buckets = [
    { id: "groups", prefix: "/api/v1/groups", limit: 4 },
    { id: "other", prefix: "/", limit: 1000 },
  ];
  await fetch(`${sandbox.url}/sandbox/rate-limits`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ windowSeconds: 60, buckets }),
  });
  const client = clientOf(openGates());
  await client().request(READ);
  await client().request(READ);
  await expect(client().request(READ)).rejects.toMatchObject({
    details: { kind: "rateLimited", code: "budget-spent", data: { bucket: "GET /api/v1/groups" } },
  });
  for (let i = 0; i < 5; i++) await client().request({ method: "GET", path: "/api/v1/apps" });
});

test("what a person tries by hand may use the reserve", async () => {
  await limit(4, 60);
  const client = clientOf(openGates());
  await client().request(READ);
  await client().request(READ);
  await expect(client().request(READ)).rejects.toMatchObject({ details: { code: "budget-spent" } });
  const byHand = createOktaClient({ orgUrl: sandbox.url, authorizer: tokenAuthorizer(sandbox.token) });
  expect((await byHand.request(READ)).status).toBe(200);
});

test("an org that takes four calls at once never meets a fifth", async () => {
  await limit(1_000_000, 60, 4);
  connection = { ...connection, maxCalls: 4 };
  await fetch(`${sandbox.url}/sandbox/faults`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ rules: [{ fault: "latency", ms: 10 }] }),
  });
  const workers = [openGates(), openGates()];
  const waits: Record<string, number> = {};
  const calls = workers
    .map(clientOf)
    .flatMap((client) => Array.from({ length: 40 }, () => callWithWaits(client, READ, waits)));
  const answers = await Promise.all(calls);
  expect(answers.map(({ status }) => status)).toEqual(Array(80).fill(200));
  expect(Object.keys(waits).filter((code) => code !== "calls-at-limit")).toEqual([]);
});

test("a list of more pages than the window has calls is read to its end", async () => {
  await limit(4, 1);
  const client = clientOf(openGates())();
  let pages = 0;
  for await (const page of client.pages({ path: "/api/v1/users", query: { limit: 15 } })) {
    expect(page.length).toBeGreaterThan(0);
    pages += 1;
  }
  expect(pages).toBeGreaterThanOrEqual(4);
});

test("a wider reserve holds from the next loan on", async () => {
  await limit(20, 60);
  const client = clientOf(openGates());
  await client().request(READ);
  connection = { ...connection, reservePercent: 90 };
  const waits = Array.from({ length: 5 }, () => client().request(READ));
  const outcomes = await Promise.allSettled(waits);
  expect(outcomes.filter(({ status }) => status === "fulfilled").length).toBeLessThanOrEqual(2);
});
