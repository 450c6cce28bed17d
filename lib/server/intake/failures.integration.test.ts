import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { registry } from "#lib/registry.ts";
import { projectFolder } from "#scripts/project-folder.ts";
import { type Sandbox, startSandbox } from "../../../sandbox/server.ts";
import type { Actor } from "../accounts/actor.ts";
import { createConnection } from "../connections/create-connection.ts";
import { createEngineConnections } from "../connections/engine-connections.ts";
import { hookSecret, syncHook } from "../connections/hook.ts";
import { getConnection } from "../connections/list-connections.ts";
import { readLog } from "../connections/log-reader.ts";
import { addFlow, openTestDatabase } from "../db/test-records.ts";
import { stubServerEnv } from "../env/stub-server-env.ts";
import { getExecution } from "../executions/get-execution.ts";
import { createExecutor } from "../executor/run-execution.ts";
import { violations } from "../faults/test-violations.ts";
import { log } from "../log.ts";
import { type Door, openDoor } from "./test-door.ts";
import { oktaDelivery, oktaEvent } from "./test-events.ts";

const owner: Actor = { kind: "user", id: "1", name: "Ann", role: "owner" };
const ADDED = "group.user_membership.add";
const SCRIPT = path.join(projectFolder, "lib/server/intake/test-hook-server.ts");

let db: Awaited<ReturnType<typeof openTestDatabase>>;
let sandbox: Sandbox;
let instances: Instance[] = [];
/** Where the org's hook calls: it leads to the instance that is up. */
let front: Door;

/** A process of its own that answers at the hook's address, as the web server does. */
interface Instance {
  port: number;
  kill: () => Promise<void>;
}

async function startInstance(databaseUrl: string): Promise<Instance> {
  const env = { ...process.env, DATABASE_URL: databaseUrl, PORT: "0", LOG_LEVEL: "silent" };
  const child = spawn(process.execPath, [SCRIPT], { env, stdio: ["ignore", "pipe", "inherit"] });
  const instance = { port: await portOf(child), kill: () => kill(child) };
  instances.push(instance);
  return instance;
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.stdout?.once("data", (text) => resolve(Number(String(text))));
    child.once("exit", (code) => reject(new Error(`The instance ended with ${code}.`)));
  });
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
}

beforeAll(async () => {
  log.level = "silent";
  sandbox = await startSandbox({ batchWindowMs: 5 });
  front = await openDoor();
  stubServerEnv({
    FLOWDECK_ALLOW_LOOPBACK_ORGS: "true",
    PORT: String(front.port),
    SANDBOX_URL: sandbox.url,
    SANDBOX_TOKEN: sandbox.token,
  });
  db = await openTestDatabase();
});
afterEach(async () => {
  await Promise.all(instances.map((instance) => instance.kill()));
  instances = [];
  front.shut();
  sandbox.reset();
  await db.prisma.flow.updateMany({ data: { on: false } });
  await db.prisma.connection.deleteMany();
});
afterAll(async () => {
  await sandbox.close();
  await front.close();
  await db.drop();
});

/** A connection of the sandbox org with a flow that listens. Whether its hook can be verified is the test's. */
async function connected() {
  const alias = `org-${crypto.randomUUID().slice(0, 8)}`;
  const input = { name: "Sandbox", alias, orgUrl: sandbox.url, token: sandbox.token };
  const { id } = await createConnection(owner, input);
  const flow = await addFlow(db, { listensTo: { connectionId: id, eventTypes: [ADDED] } });
  await syncHook(id);
  const { endpointId } = await db.prisma.connection.findUniqueOrThrow({ where: { id } });
  return { id, endpointId, flow };
}

function post(port: number, endpointId: string, body: string, headers: Record<string, string> = {}) {
  const sent = { authorization: hookSecret(endpointId), "content-type": "application/json", ...headers };
  return fetch(`http://127.0.0.1:${port}/hooks/okta/${endpointId}`, { method: "POST", headers: sent, body });
}

const inject = async (count: number) => {
  for (let at = 0; at < count; at++) {
    const body = JSON.stringify({ eventType: ADDED });
    const headers = { "content-type": "application/json" };
    expect((await fetch(`${sandbox.url}/sandbox/events`, { method: "POST", headers, body })).status).toBe(
      201,
    );
  }
};
/** Nobody runs what the tests before started: what is looked for at the end is whether one's own came to an end. */
const removeOthers = (flowId: string) =>
  db.prisma.execution.deleteMany({ where: { flowId: { not: flowId } } });
const executionsOf = (flow: { id: string }) =>
  db.prisma.execution.findMany({ where: { flowId: flow.id }, include: { event: true } });
const countsOf = async (id: string) => (await getConnection(owner, id)).intake.counts.lastDay;

describe("the same delivery", () => {
  it("posted 20 times at once to two instances starts each flow once, and is counted", async () => {
    const [first, second] = await Promise.all([startInstance(db.url), startInstance(db.url)]);
    const { id, endpointId, flow } = await connected();
    const body = JSON.stringify(oktaDelivery([oktaEvent(), oktaEvent(), oktaEvent()]));
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, turn) => post((turn % 2 ? first : second).port, endpointId, body)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(204));
    expect(await executionsOf(flow)).toHaveLength(3);
    expect(await countsOf(id)).toEqual({ delivered: 3, recovered: 0, duplicate: 57, late: 0 });
  });

  it("again with another eventId and a partly overlapping list starts only what is new", async () => {
    const { port } = await startInstance(db.url);
    const { id, endpointId, flow } = await connected();
    const events = [oktaEvent(), oktaEvent(), oktaEvent()];
    const send = (some: object[]) => post(port, endpointId, JSON.stringify(oktaDelivery(some)));
    expect((await send(events.slice(0, 2))).status).toBe(204);
    expect((await send(events.slice(1))).status).toBe(204);
    expect(await executionsOf(flow)).toHaveLength(3);
    expect(await countsOf(id)).toMatchObject({ delivered: 3, duplicate: 1 });
  });

  it("that came before an earlier one is kept, and the earlier one is marked late", async () => {
    const { port } = await startInstance(db.url);
    const { id, endpointId, flow } = await connected();
    for (const published of ["2026-05-01T10:00:05Z", "2026-05-01T10:00:00Z"]) {
      await post(port, endpointId, JSON.stringify(oktaDelivery([oktaEvent({ published })])));
    }
    const executions = await executionsOf(flow);
    expect(executions.map(({ event }) => event?.late).sort()).toEqual([false, true]);
    const late = executions.find(({ event }) => event?.late);
    expect((await getExecution(owner, late?.id ?? "")).arrival).toMatchObject({
      published: "2026-05-01T10:00:00.000Z",
      recovered: false,
      lateAfter: { eventType: ADDED, published: "2026-05-01T10:00:05.000Z" },
    });
    expect(await countsOf(id)).toMatchObject({ delivered: 2, late: 1 });
  });
});

describe("a refused call", () => {
  it("leaves one row for many of its kind, shown with their number and without the value", async () => {
    const { port } = await startInstance(db.url);
    const { id, endpointId, flow } = await connected();
    const body = JSON.stringify(oktaDelivery([oktaEvent()]));
    for (let turn = 0; turn < 5; turn++) {
      expect((await post(port, endpointId, body, { authorization: "nearly it" })).status).toBe(401);
    }
    expect((await post(port, endpointId, "[".repeat(100_000))).status).toBe(400);
    const refused = async () => (await getConnection(owner, id)).intake.refused;
    await vi.waitFor(async () => expect(await refused()).toHaveLength(2), 20_000);
    expect(await refused()).toMatchObject([
      { status: 400, reason: "Nested more than 64 levels deep.", count: 1 },
      { status: 401, reason: "The Authorization header is not the secret of this endpoint.", count: 1 },
    ]);
    const rows = await db.prisma.auditEntry.findMany({ where: { action: "hook.refused", objectId: id } });
    expect(JSON.stringify(rows.map(({ detail }) => detail))).not.toContain("nearly");
    expect(await executionsOf(flow)).toEqual([]);
  });
});

describe("while the database is away", () => {
  it("deliveries are answered 503 in time, and the log brings their events in once it is back", async () => {
    const database = new URL(db.url);
    const gate = await openDoor();
    gate.open(Number(database.port), database.hostname);
    const { port } = await startInstance(`${Object.assign(new URL(db.url), { port: gate.port })}`);
    front.open(port);
    const { id, flow } = await connected();
    expect((await getConnection(owner, id)).intake.hookStatus).toBe("verified");
    gate.shut();
    const started = performance.now();
    const { endpointId } = await db.prisma.connection.findUniqueOrThrow({ where: { id } });
    const answer = await post(port, endpointId, JSON.stringify(oktaDelivery([oktaEvent()])));
    expect(answer.status).toBe(503);
    expect(performance.now() - started).toBeLessThan(3000);
    await inject(3);
    // Okta tries twice; afterwards it says in its log that the delivery failed, and forgets it.
    await vi.waitFor(() => expect(failedDeliveries()).toBeGreaterThan(0), { timeout: 10_000 });
    gate.open(Number(database.port), database.hostname);
    await readLog(id, { graceMs: 0 });
    await readLog(id, { graceMs: 0 });
    const executions = await executionsOf(flow);
    expect(executions.map(({ event }) => event?.recovered)).toEqual([true, true, true]);
    await vi.waitFor(async () => {
      expect((await post(port, endpointId, JSON.stringify(oktaDelivery([oktaEvent()])))).status).toBe(204);
    }, 20_000);
    await gate.close();
  });
});

describe("while the console is down", () => {
  it("200 events are brought in by the log, each once and marked recovered", async () => {
    const instance = await startInstance(db.url);
    front.open(instance.port);
    const { id, flow } = await connected();
    await inject(1);
    await vi.waitFor(async () => expect(await executionsOf(flow)).toHaveLength(1), 20_000);
    await instance.kill();
    await inject(200);
    front.open((await startInstance(db.url)).port);
    await inject(1);
    await vi.waitFor(async () => expect(await executionsOf(flow)).toHaveLength(2), { timeout: 10_000 });
    // Two workers at it, as after a restart of all.
    await Promise.all([readLog(id, { graceMs: 0 }), readLog(id, { graceMs: 0 })]);
    await readLog(id, { graceMs: 0 });
    const executions = await executionsOf(flow);
    expect(executions).toHaveLength(202);
    expect(new Set(executions.map(({ event }) => event?.uuid)).size).toBe(202);
    expect(executions.filter(({ event }) => event?.recovered)).toHaveLength(200);
    expect(await countsOf(id)).toMatchObject({ delivered: 2, recovered: 200, duplicate: 0 });
    const executor = createExecutor({ database: db, registry, connections: createEngineConnections() });
    for (const execution of executions) await executor.run(execution.id);
    const scene = {
      base: { db, sandbox, connectionId: id },
      answered: new Set(executions.map(({ event }) => event?.uuid ?? "none")),
      secrets: [sandbox.token],
      output: [],
      workers: [],
    };
    await removeOthers(flow.id);
    expect(await violations(scene, { withinMs: 0 })).toEqual([]);
  });
});

const failedDeliveries = () =>
  sandbox.org.log.records.filter(({ eventType }) => eventType === "event_hook.delivery").length;
