import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { CardNode } from "#lib/flow/document.ts";
import type { JsonObject } from "#lib/flow/json.ts";
import { registry } from "#lib/registry.ts";
import type { Actor } from "../accounts/actor.ts";
import { createConnection } from "../connections/create-connection.ts";
import { createEngineConnections } from "../connections/engine-connections.ts";
import { syncHook } from "../connections/hook.ts";
import { openTestOrg } from "../connections/test-org.ts";
import { addFlow, documentOf } from "../db/test-records.ts";
import { retryExecution } from "../executions/retry-execution.ts";
import { listensTo, replaceListeners } from "../flows/listeners.ts";
import { log } from "../log.ts";
import { FlowMemories } from "./flow-memory.ts";
import { createExecutor } from "./run-execution.ts";

const owner: Actor = { kind: "user", id: "1", name: "Ann", role: "owner" };
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
beforeEach(() => org.prisma.flow.updateMany({ data: { on: false } }));

/** A flow of nothing but an event card, on; Okta's hook is up to date. */
async function flowOn(card: string, inputs: CardNode["inputs"]): Promise<string> {
  const document = documentOf({ cards: { e: { card, v: 1, connection: connection.alias, inputs } } });
  const [listening] = listensTo(document);
  const eventTypes = listening?.eventTypes ?? [];
  const { id } = await addFlow(org, { document, listensTo: { connectionId: connection.id, eventTypes } });
  await org.prisma.$transaction((tx) => replaceListeners(tx, id, document));
  await syncHook(connection.id);
  return id;
}

async function send(method: string, path: string, body?: JsonObject): Promise<Response> {
  const answer = await fetch(`${org.sandbox.url}${path}`, {
    method,
    headers: { "content-type": "application/json", authorization: `SSWS ${org.sandbox.token}` },
    body: body && JSON.stringify(body),
  });
  expect(answer.ok, `${method} ${path}: ${answer.status}`).toBe(true);
  return answer;
}

const inject = (event: JsonObject) => send("POST", "/sandbox/events", event);

/** Executions of a flow, oldest event first, once there are so many. */
async function executionsOf(flowId: string, count: number) {
  return vi.waitFor(
    async () => {
      const found = await org.prisma.execution.findMany({
        where: { flowId },
        orderBy: { event: { published: "asc" } },
      });
      expect(found).toHaveLength(count);
      return found;
    },
    { timeout: 20_000 },
  );
}

/** A process that runs executions: no two of them share anything but the database. */
const worker = () => createExecutor({ database: org, registry, connections: createEngineConnections() });

/** How executions ended: true where the flow ran, else why not. */
async function endings(flowId: string) {
  const found = await org.prisma.execution.findMany({ where: { flowId } });
  return found.map(({ status, ran, reason }) => {
    expect(status, reason ?? "").toBe("succeeded");
    return ran ? true : reason;
  });
}

const added = (user: string, more: JsonObject = {}): JsonObject => ({
  eventType: "group.user_membership.add",
  target: [{ id: user, type: "User", displayName: user, alternateId: `${user}@acme.example` }],
  ...more,
});

it("runs a flow for what exceeds the number, with two workers at once, after a crash and a restart", async () => {
  const alert = { value: { severity: "major", moreThan: 3, withinMinutes: 60, per: "user" } };
  const flow = await flowOn("okta.groups.userAdded", { alert });
  for (let number = 0; number < 8; number += 1) await inject(added("00uANN"));
  await inject(added("00uBEN"));
  const executions = await executionsOf(flow, 9);
  expect(executions.map(({ severity }) => severity)).toEqual(Array(9).fill("major"));

  // A worker that counted and died before it could say so: whoever takes over gets the same number.
  const [first] = executions;
  const event = await org.prisma.event.findUniqueOrThrow({ where: { id: first?.eventId ?? "" } });
  const lost = { key: "user:00uANN", event: event.uuid, published: event.published, withinMs: 3_600_000 };
  expect(await new FlowMemories(org.pool).of(flow).count(lost)).toBe(1);

  const workers = [worker(), worker()];
  await Promise.all(executions.map(({ id }, index) => workers[index % 2]?.run(id)));
  const ended = await endings(flow);
  expect(ended.filter((ending) => ending === true)).toHaveLength(5);
  const reason = (number: number, of: string) =>
    `Did not run, because this is event ${number} of ${of} within 60 minutes, and the flow runs when there are more than 3.`;
  expect(ended.filter((ending) => ending !== true).toSorted()).toEqual([
    reason(1, "00uANN (00uANN@acme.example)"),
    reason(1, "00uBEN (00uBEN@acme.example)"),
    reason(2, "00uANN (00uANN@acme.example)"),
    reason(3, "00uANN (00uANN@acme.example)"),
  ]);

  // After a restart the count goes on; the same event once more is still the event it was.
  await inject(added("00uANN"));
  const later = (await executionsOf(flow, 10)).at(-1);
  await worker().run(later?.id ?? "");
  const again = await retryExecution(owner, first?.id ?? "", { from: "start", version: "same" });
  await worker().run(again.executionId);
  expect(await org.prisma.execution.findUnique({ where: { id: later?.id } })).toMatchObject({ ran: true });
  expect(await org.prisma.execution.findUnique({ where: { id: again.executionId } })).toMatchObject({
    ran: false,
    severity: "major",
    reason: reason(1, "00uANN (00uANN@acme.example)"),
  });
});

it("counts an event once, however often Okta sends it", async () => {
  const flow = await flowOn("okta.groups.userAdded", { alert: { value: { moreThan: 1 } } });
  const uuid = randomUUID();
  await inject(added("00uANN", { uuid }));
  await inject(added("00uANN", { uuid }));
  const [execution] = await executionsOf(flow, 1);
  await worker().run(execution?.id ?? "");
  expect(await endings(flow)).toEqual([
    "Did not run, because this is event 1, and the flow runs when there are more than 1.",
  ]);
});

it("checks conditions on the user in the org, and says which was not met", async () => {
  const users = await (await send("GET", "/api/v1/users?limit=200")).json();
  const [ann] = users.filter(({ profile }: { profile: JsonObject }) => profile.department);
  const groups = await (await send("GET", `/api/v1/users/${ann.id}/groups`)).json();
  const value = (given: JsonObject) => ({ conditions: { value: given } });
  const flows = {
    met: await flowOn(
      "okta.groups.userAdded",
      value({
        departments: [ann.profile.department],
        memberOf: [groups[0].id],
        doneBy: ["joe@acme.example"],
      }),
    ),
    otherDepartment: await flowOn("okta.groups.userAdded", value({ departments: ["Nowhere"] })),
    member: await flowOn("okta.groups.userAdded", value({ notMemberOf: [groups[0].profile.name] })),
    otherActor: await flowOn("okta.groups.userAdded", value({ doneBy: ["eve@acme.example"] })),
  };
  const actor = { id: "00uJOE", type: "User", alternateId: "joe@acme.example", displayName: "Joe" };
  await inject(added(ann.id, { actor }));
  const ended: Record<string, unknown> = {};
  for (const [name, flow] of Object.entries(flows)) {
    const [execution] = await executionsOf(flow, 1);
    await worker().run(execution?.id ?? "");
    [ended[name]] = await endings(flow);
  }
  expect(ended).toEqual({
    met: true,
    otherDepartment: expect.stringContaining(`is “${ann.profile.department}”, and the flow is for Nowhere.`),
    member: expect.stringContaining(`is a member of ${groups[0].profile.name}, which the flow leaves out.`),
    otherActor: expect.stringMatching(/^Did not run, because it was done by Joe \(joe@acme.example\), /),
  });

  const goneFlow = await flowOn("okta.groups.userAdded", value({ departments: ["Sales"] }));
  await inject(added("00uGONE"));
  const [gone] = await executionsOf(goneFlow, 1);
  await worker().run(gone?.id ?? "");
  expect(await endings(goneFlow)).toEqual([expect.stringContaining("is gone from Okta")]);
});

it("counts administrators in the org and runs once when they become too many", async () => {
  const listed = await (await send("GET", "/api/v1/users?limit=10")).json();
  const users: string[] = listed.map(({ id }: { id: string }) => id);
  const before = org.sandbox.org.users.all();
  const supers = [...before].filter(({ roles }) => roles.some(({ type }) => type === "SUPER_ADMIN")).length;
  const alert = { value: { moreThan: supers + 1 } };
  const flow = await flowOn("okta.users.administratorCountExceeded", { alert });
  const grant = (user: string | undefined) =>
    send("POST", `/api/v1/users/${user}/roles`, { type: "SUPER_ADMIN" });
  const candidates = users.filter((id) => {
    const user = [...org.sandbox.org.users.all()].find((one) => one.id === id);
    return user?.roles.length === 0;
  });
  await grant(candidates[0]);
  const [first] = await executionsOf(flow, 1);
  await worker().run(first?.id ?? "");
  expect(await endings(flow)).toEqual([
    `Did not run, because there ${supers === 0 ? "is 1 super administrator" : `are ${supers + 1} super administrators`}, and the flow runs when there are more than ${supers + 1}.`,
  ]);

  // Three more within a moment; all are administrators already when the first of these events is looked at.
  for (const user of candidates.slice(1, 4)) await grant(user);
  const executions = await executionsOf(flow, 4);
  const workers = [worker(), worker(), worker()];
  await Promise.all(executions.slice(1).map(({ id }, index) => workers[index]?.run(id)));
  const ran = await org.prisma.execution.findMany({ where: { flowId: flow, ran: true } });
  expect(ran).toHaveLength(1);
  expect(ran[0]).toMatchObject({ severity: "critical" });
  const { outputs } = await org.prisma.step.findFirstOrThrow({
    where: { executionId: ran[0]?.id, path: "e" },
  });
  expect(outputs).toMatchObject({ administratorCount: supers + 4, threshold: supers + 1 });
});

it("tells who becomes an administrator and who ceases to be one, by the org's own events and two workers", async () => {
  const ann = [...org.sandbox.org.users.all()].find(({ roles }) => roles.length === 0);
  const added = await flowOn("okta.users.administratorAdded", {});
  const removed = await flowOn("okta.users.administratorRemoved", {});
  const roles = `/api/v1/users/${ann?.id}/roles`;
  const assign = async (type: string) => (await (await send("POST", roles, { type })).json()).id;
  const first = await assign("HELP_DESK_ADMIN");
  const second = await assign("READ_ONLY_ADMIN");
  await send("DELETE", `${roles}/${first}`);
  await send("DELETE", `${roles}/${second}`);
  await assign("ORG_ADMIN");

  // Grant, grant of both, grant of the rest, revoke, grant: every process begins with nothing but the database.
  for (const flow of [added, removed]) {
    const executions = await executionsOf(flow, 5);
    const [one, other] = [worker(), worker()];
    await Promise.all(executions.slice(0, 2).map(({ id }, index) => (index ? one : other).run(id)));
    for (const { id } of executions.slice(2)) await worker().run(id);
  }
  const types = async (flowId: string) => {
    const found = await org.prisma.execution.findMany({
      where: { flowId, ran: true },
      include: { event: true },
      orderBy: { createdAt: "asc" },
    });
    return found.map(({ event }) => event?.eventType.split(".").at(-1));
  };
  expect(await types(added)).toEqual(["grant", "grant"]);
  expect(await types(removed)).toEqual(["revoke"]);
});
