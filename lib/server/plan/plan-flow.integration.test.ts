import { afterAll, beforeAll, expect, it } from "vitest";
import type { FlowDocument } from "#lib/flow/document.ts";
import { registry } from "#lib/registry.ts";
import type { Actor } from "../accounts/actor.ts";
import { createConnection } from "../connections/create-connection.ts";
import { createEngineConnections } from "../connections/engine-connections.ts";
import { openTestOrg } from "../connections/test-org.ts";
import { addFlow, documentOf } from "../db/test-records.ts";
import { getExecution } from "../executions/get-execution.ts";
import { createExecutor } from "../executor/run-execution.ts";
import { testFlow } from "../flows/test-flow.ts";
import { log } from "../log.ts";
import { planFlow } from "./plan-flow.ts";

const owner: Actor = { kind: "user", id: "1", name: "Ann", role: "owner" };
let org: Awaited<ReturnType<typeof openTestOrg>>;

beforeAll(async () => {
  log.level = "silent";
  org = await openTestOrg();
  const { url: orgUrl, token } = org.sandbox;
  await createConnection(owner, { name: "Sandbox", alias: "sandbox", orgUrl, token });
});
afterAll(() => org.close());

const card = (id: string, inputs: FlowDocument["cards"][string]["inputs"] = {}) => ({
  card: id,
  v: registry.card(id)?.description.version ?? 1,
  connection: "sandbox",
  inputs,
});
const user = { user: { ref: ["c2", "id"] } } satisfies FlowDocument["cards"][string]["inputs"];

it("reads for real, lists what it would write, and sends nothing", async () => {
  const document = documentOf({
    cards: {
      c1: card("okta.users.created"),
      c2: card("okta.users.read", { user: { ref: ["c1", "user", "id"] } }),
      c3: card("okta.users.suspend", user),
      c4: card("okta.users.read", user),
    },
    edges: [
      { from: "c1", out: "next", to: "c2" },
      { from: "c2", out: "next", to: "c3" },
      { from: "c3", out: "next", to: "c4" },
    ],
  });
  const { id } = await addFlow(org, { document });
  const before = org.sandbox.counters.json().writes.total;
  const { executionId } = await planFlow(owner, id, {});
  const executor = createExecutor({ database: org, registry, connections: createEngineConnections() });
  await executor.run(executionId);

  const plan = await getExecution(owner, executionId);
  expect(plan.error).toBeNull();
  expect(plan).toMatchObject({ mode: "plan", status: "succeeded" });
  const [, read, suspend, after] = plan.steps;
  expect(read?.exchanges?.map(({ status }) => status)).toEqual([200]);
  const userId = read?.outputs?.id;
  expect(suspend).toMatchObject({ status: "succeeded", outputs: { statusCode: 200 } });
  expect(suspend?.exchanges?.at(-1)).toMatchObject({
    method: "POST",
    path: `/api/v1/users/${userId}/lifecycle/suspend`,
    held: { changes: [{ field: ["status"], before: read?.outputs?.status }] },
  });
  expect(after?.status).toBe("succeeded");
  expect(org.sandbox.counters.json().writes.total).toBe(before);

  // The same flow, run as a test, does write: the counter counts.
  const test = await testFlow(owner, id, { confirmWrites: true });
  await executor.run(test.executionId);
  expect(org.sandbox.counters.json().writes.total).toBe(before + 1);
});
