import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { convertFields } from "#lib/cards/convert.ts";
import type { Card } from "#lib/cards/define.ts";
import type { CardNode } from "#lib/flow/document.ts";
import { isJsonObject, type Json, type JsonObject } from "#lib/flow/json.ts";
import { registry } from "#lib/registry.ts";
import type { Actor } from "../accounts/actor.ts";
import { createConnection } from "../connections/create-connection.ts";
import { createEngineConnections } from "../connections/engine-connections.ts";
import { syncHook } from "../connections/hook.ts";
import { openTestOrg } from "../connections/test-org.ts";
import { addFlow, documentOf } from "../db/test-records.ts";
import { getExecution } from "../executions/get-execution.ts";
import { createExecutor } from "../executor/run-execution.ts";
import { listensTo } from "../flows/listeners.ts";
import { log } from "../log.ts";

const owner: Actor = { kind: "user", id: "1", name: "Ann", role: "owner" };
/** No other card has this type, so what it starts was started by it. */
const CUSTOM_TYPE = "user.account.unlock_by_admin";
const eventCards = registry.cards.filter(
  ({ description }) => description.kind === "event" && description.connector === "okta",
);

let org: Awaited<ReturnType<typeof openTestOrg>>;
let connection: { id: string; alias: string };

beforeAll(async () => {
  log.level = "silent";
  org = await openTestOrg();
  connection = await createConnection(owner, {
    name: "Sandbox",
    alias: "sandbox",
    orgUrl: org.sandbox.url,
    token: org.sandbox.token,
  });
});
afterAll(() => org.close());

/** A flow that starts on the card and does nothing else; on, with its version live. */
async function flowOf({ description }: Card, inputs: CardNode["inputs"] = {}) {
  const options: JsonObject = description.id === "okta.events.custom" ? { eventType: CUSTOM_TYPE } : {};
  const { id: card, version: v } = description;
  const document = documentOf({ cards: { e: { card, v, connection: connection.alias, options, inputs } } });
  const eventTypes = listensTo(document).flatMap((listening) => listening.eventTypes);
  const flow = await addFlow(org, { document, listensTo: { connectionId: connection.id, eventTypes } });
  return { ...flow, card: description.id, eventTypes };
}

/** Inputs without which the org, as it begins, gives a card no reason to run: one administrator is more than none. */
function enoughFor({ description }: Card): CardNode["inputs"] {
  if (description.id !== "okta.users.administratorCountExceeded") return {};
  return { alert: { value: { moreThan: 0 } } };
}

async function inject(event: JsonObject): Promise<void> {
  const answer = await fetch(`${org.sandbox.url}/sandbox/events`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(event),
  });
  expect(answer.status, `${event.eventType}: ${await answer.text()}`).toBe(201);
}

/** Runs an execution as a worker does and gives its ending and the event card's step. */
async function run(executionId: string) {
  await createExecutor({ database: org, registry, connections: createEngineConnections() }).run(executionId);
  const { status, reason, steps } = await getExecution(owner, executionId);
  return { status, reason, outputs: steps.find(({ path }) => path === "e")?.outputs };
}

const executionsOf = (flowId: string) =>
  org.prisma.execution.findMany({ where: { flowId }, include: { event: { select: { eventType: true } } } });

it("starts exactly one execution of every flow for each event it listens to, one flow per event card", async () => {
  const flows = [];
  for (const card of eventCards) flows.push(await flowOf(card, enoughFor(card)));
  expect(flows).toHaveLength(77);
  await syncHook(connection.id);
  const types = [...new Set(flows.flatMap(({ eventTypes }) => eventTypes))];
  const [hook] = org.sandbox.org.hooks.all();
  expect(hook).toMatchObject({ status: "ACTIVE", verificationStatus: "VERIFIED" });

  for (const eventType of types) await inject({ eventType });
  await vi.waitFor(
    async () =>
      expect(await org.prisma.event.count({ where: { eventType: { in: types } } })).toBe(types.length),
    { timeout: 20_000 },
  );

  for (const { id, card, eventTypes } of flows) {
    const executions = await executionsOf(id);
    expect(executions, card).toHaveLength(eventTypes.length);
    // The first of its event types is the one it starts on; of others it only hears.
    const starting = executions.find(({ event }) => event?.eventType === eventTypes[0]);
    const { status, reason, outputs } = await run(starting?.id ?? "");
    // A reason would say why it did not run.
    expect([card, status, reason]).toEqual([card, "succeeded", null]);
    expect(eventTypes, card).toContain(outputs?.eventType);
    const declared = registry.card(card)?.description.outputs ?? {};
    expect(convertFields(outputs ?? {}, declared), card).toMatchObject({ ok: true });
    for (const always of ["uuid", "dateAndTime", "eventId", "source"])
      expect(outputs?.[always], card).toBeTruthy();
  }
});

it("tells an event of the chosen application from those of others, and says why a flow did not run", async () => {
  await org.prisma.flow.updateMany({ data: { on: false } });
  const [first, second] = await applications();
  const card = registry.card("okta.apps.userAssigned");
  if (!card || !first || !second) throw new Error("The card and two applications are expected to be there.");
  const one = (value: string | undefined) => ({ value: value ?? "" });
  const flows = {
    otherInstance: await flowOf(card, { applicationInstance: one(second.id) }),
    instance: await flowOf(card, { applicationInstance: one(first.id) }),
    otherApplication: await flowOf(card, { application: one(second.name) }),
    application: await flowOf(card, { application: one(first.name) }),
  };
  await syncHook(connection.id);
  const user = { id: "00uGone", type: "User", alternateId: "gone@example.com", displayName: "Gone" };
  const target = [{ id: first.id, type: "AppInstance", displayName: first.label }, user];
  await inject({ eventType: "application.user_membership.add", target });

  const endings = new Map<string, string | undefined>();
  for (const [name, { id }] of Object.entries(flows)) {
    await vi.waitFor(async () => expect(await executionsOf(id)).toHaveLength(1), { timeout: 10_000 });
    const [execution] = await executionsOf(id);
    const { status, reason, outputs } = await run(execution?.id ?? "");
    expect(status).toBe("succeeded");
    expect(outputs).toMatchObject({ application: { id: first.id }, user: { displayName: "Gone" } });
    endings.set(name, reason ?? undefined);
  }
  expect(endings.get("instance")).toBeUndefined();
  expect(endings.get("application")).toBeUndefined();
  expect(endings.get("otherInstance")).toContain(`the flow is for the instance ${second.id}`);
  expect(endings.get("otherApplication")).toContain(`the flow is for ${second.name}`);
});

/** Applications of the org, each of another kind. */
async function applications(): Promise<{ id: string; name: string; label: string }[]> {
  const headers = { authorization: `SSWS ${org.sandbox.token}` };
  const listed = (await (await fetch(`${org.sandbox.url}/api/v1/apps`, { headers })).json()) as Json;
  return (Array.isArray(listed) ? listed.filter(isJsonObject) : []).map(({ id, name, label }) => ({
    id: String(id),
    name: String(name),
    label: String(label),
  }));
}
