import { afterAll, beforeAll, expect, it } from "vitest";
import { SAMPLE_GROUP_ID, SAMPLE_USER_ID } from "#lib/connectors/okta/samples.ts";
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
    held: {
      changes: [{ field: ["status"], before: "ACTIVE", after: "SUSPENDED" }],
    },
  });
  expect(after?.status).toBe("succeeded");
  expect(org.sandbox.counters.json().writes.total).toBe(before);

  // The same flow, run as a test, does write: the counter counts.
  const test = await testFlow(owner, id, { confirmWrites: true });
  await executor.run(test.executionId);
  expect(org.sandbox.counters.json().writes.total).toBe(before + 1);
});

/** A line of cards behind an event, planned. */
async function stepsOf(cards: FlowDocument["cards"]) {
  const ids = Object.keys(cards);
  const edges = ids.slice(1).map((to, index) => ({ from: ids[index] ?? "", out: "next", to }));
  const { id } = await addFlow(org, { document: documentOf({ cards, edges }) });
  const { executionId } = await planFlow(owner, id, {});
  const executor = createExecutor({ database: org, registry, connections: createEngineConnections() });
  await executor.run(executionId);
  const plan = await getExecution(owner, executionId);
  expect(plan.error).toBeNull();
  return plan.steps;
}

it("plans on with the person a held write is about, never with the one of the card's sample", async () => {
  const tomas = "tomas.herrera@example.com";
  const steps = await stepsOf({
    c1: card("okta.users.created"),
    c2: card("okta.users.read", { user: { value: tomas } }),
    c3: card("okta.users.update", {
      user: { value: tomas },
      profile: { object: { department: { value: "Facilities" } } },
    }),
    c4: card("okta.groups.addUser", {
      group: { value: SAMPLE_GROUP_ID },
      user: { ref: ["c3", "id"] },
    }),
  });
  const [, read, update, join] = steps;
  expect(read?.outputs?.id).not.toBe(SAMPLE_USER_ID);
  expect(update?.outputs).toMatchObject({
    id: read?.outputs?.id,
    profile: { login: tomas, department: "Facilities" },
  });
  expect(JSON.stringify(update?.outputs)).not.toContain("ann.lee");
  expect(join?.exchanges?.at(-1)).toMatchObject({
    path: `/api/v1/groups/${SAMPLE_GROUP_ID}/users/${read?.outputs?.id}`,
    held: { changes: [{ field: ["member"], before: expect.any(Boolean), after: true }] },
  });
});

it("lists what depends on somebody who is not there yet, and asks Okta nothing about them", async () => {
  const profile = { login: "neu@example.com", email: "neu@example.com", firstName: "Neu", lastName: "Er" };
  const created = { user: { ref: ["c2", "id"] } } satisfies FlowDocument["cards"][string]["inputs"];
  const [, create, join, read, suspend] = await stepsOf({
    c1: card("okta.users.created"),
    c2: card("okta.users.create", { profile: { value: profile } }),
    c3: card("okta.groups.addUser", { group: { value: SAMPLE_GROUP_ID }, ...created }),
    c4: card("okta.users.read", created),
    c5: card("okta.users.suspend", { user: { ref: ["c4", "id"] } }),
  });
  const id = "(known only after Create User)";
  expect(create?.outputs).toMatchObject({ id, profile: { login: "neu@example.com" } });
  expect(JSON.stringify(create?.outputs)).not.toContain("ann.lee");
  expect(join?.exchanges).toMatchObject([
    { method: "PUT", path: `/api/v1/groups/${SAMPLE_GROUP_ID}/users/${id}`, held: { changes: [] } },
  ]);
  expect(read?.exchanges).toMatchObject([{ method: "GET", held: { changes: [] } }]);
  expect(suspend?.exchanges).toMatchObject([
    { method: "POST", path: `/api/v1/users/${id}/lifecycle/suspend` },
  ]);
});
