import { afterAll, beforeAll, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../../sandbox/server.ts";
import { addConnection, openTestDatabase } from "../db/test-records.ts";
import { tokenAuthorizer } from "../okta/authorizer.ts";
import { createOktaClient } from "../okta/okta-http-client.ts";
import { createCallGates } from "./call-gates.ts";
import { callWithWaits } from "./test-calls.ts";

/** Calls flows may make in a window: half of the limit. */
const SHARE = 20;
let db: Awaited<ReturnType<typeof openTestDatabase>>;
let sandbox: Sandbox;
beforeAll(async () => {
  [db, sandbox] = [await openTestDatabase(), await startSandbox()];
});
afterAll(async () => {
  await sandbox.close();
  await db.drop();
});

test("a flow with few calls gets its part of the next window, however many another one has waiting in two workers", async () => {
  await fetch(`${sandbox.url}/sandbox/rate-limits`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ windowSeconds: 3, buckets: [{ id: "all", prefix: "/", limit: 2 * SHARE }] }),
  });
  const connection = await addConnection(db, { orgUrl: sandbox.url });
  const workers = [createCallGates(db), createCallGates(db)];
  const answered: string[] = [];
  const call = async (flow: string, worker: number) => {
    const client = () =>
      createOktaClient({
        orgUrl: sandbox.url,
        authorizer: tokenAuthorizer(sandbox.token),
        gate: workers[worker]?.of(connection, flow),
      });
    await callWithWaits(client, { method: "GET", path: "/api/v1/groups" });
    answered.push(flow);
  };
  const many = Array.from({ length: 8 * SHARE }, (_, index) => call("many", index % 2));
  const all = Promise.all(many);
  await expect.poll(() => answered.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(SHARE);
  const before = answered.length;
  await Promise.all(Array.from({ length: SHARE / 2 }, (_, index) => call("few", index % 2)));
  const others = answered.slice(before, answered.lastIndexOf("few")).filter((flow) => flow === "many");
  // What is left of the window it came in, and three more: it is told in the first, and workers learn of a window one by one.
  expect(others.length).toBeLessThanOrEqual(4 * SHARE);
  await all;
  expect(answered.filter((flow) => flow === "many")).toHaveLength(8 * SHARE);
  await Promise.all(workers.map((worker) => worker.close()));
}, 90_000);
