import { createServer } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CardError } from "#lib/cards/errors.ts";
import { registry } from "#lib/registry.ts";
import { addConnection, addFlow, documentOf, openTestDatabase } from "../db/test-records.ts";
import { stubServerEnv } from "../env/stub-server-env.ts";
import { createExecutor } from "../executor/run-execution.ts";
import { TestOrg } from "../executor/test-org.ts";
import { readLogEvent } from "../intake/log-event.ts";
import { receiveEvents } from "../intake/receive-events.ts";
import { oktaEvent } from "../intake/test-events.ts";
import { listen } from "../intake/test-hook-server.ts";
import { log } from "../log.ts";
import { tokenAuthorizer } from "../okta/authorizer.ts";
import { createOktaClient } from "../okta/okta-http-client.ts";
import { fleetMetrics, forgetFleetMetrics } from "./fleet-metrics.ts";
import { metrics } from "./metrics.ts";
import { answerMetrics } from "./metrics-route.ts";
import { startMetricsServer } from "./metrics-server.ts";

let db: Awaited<ReturnType<typeof openTestDatabase>>;

beforeAll(async () => {
  log.level = "silent";
  stubServerEnv();
  db = await openTestDatabase();
});
afterAll(() => db.drop());
beforeEach(() => {
  metrics().register.resetMetrics();
  forgetFleetMetrics();
});

/** Value of the series written exactly so; undefined where there is none. */
const valueIn = (text: string, series: string) =>
  text
    .split("\n")
    .find((line) => line.startsWith(`${series} `))
    ?.slice(series.length + 1);
const counted = async (series: string) => valueIn(await metrics().register.metrics(), series);
const fleet = async (series: string) => valueIn(await fleetMetrics(db.pool), series);

async function listening() {
  const connection = await addConnection(db);
  const document = documentOf({
    cards: {
      e: { card: "okta.events.custom", v: 1, connection: connection.alias, options: {} },
      a: {
        card: "okta.api.custom",
        v: 1,
        connection: connection.alias,
        options: { method: "PUT" },
        inputs: { relativeUrl: { value: "/api/v1/a" } },
      },
    },
    edges: [{ from: "e", out: "next", to: "a" }],
  });
  const listensTo = { connectionId: connection.id, eventTypes: ["group.user_membership.add"] };
  return { connection, flow: await addFlow(db, { document, listensTo }) };
}

describe("what is counted", () => {
  test("events and the queue they wait in", async () => {
    const { connection } = await listening();
    const events = [oktaEvent(), oktaEvent()].map(readLogEvent);
    const arrive = (source: "hook" | "recovery", some: typeof events) =>
      receiveEvents(db.pool, { connectionId: connection.id, source, events: some });
    await arrive("hook", events.slice(0, 1));
    await arrive("hook", events.slice(0, 1));
    await arrive("recovery", events.slice(1));
    expect(await counted('flowdeck_deliveries_total{source="hook"}')).toBe("2");
    expect(await counted('flowdeck_events_total{outcome="accepted",source="hook"}')).toBe("1");
    expect(await counted('flowdeck_events_total{outcome="duplicate",source="hook"}')).toBe("1");
    expect(await counted('flowdeck_events_total{outcome="recovered",source="recovery"}')).toBe("1");
    expect(await counted("flowdeck_executions_started_total")).toBe("1");
    expect(await fleet('flowdeck_queue_jobs{state="ready"}')).toBe("1");
    expect(await fleet('flowdeck_executions{status="queued"}')).toBe("1");
    expect(await fleet('flowdeck_executions{status="attention"}')).toBe("0");
    expect(await fleet("flowdeck_database_up")).toBe("1");
  });

  test("runs by ending and mode, waits by reason, steps by kind of card", async () => {
    const { flow } = await listening();
    const org = new TestOrg();
    const executor = createExecutor({ database: db, registry, connections: org.connections });
    const data = { flowId: flow.id, versionId: flow.versionId, mode: "live", trigger: oktaEvent() as object };
    const { id } = await db.prisma.execution.create({ data });
    org.answer = () => {
      throw new CardError("Later.", {
        kind: "rateLimited",
        code: "429",
        status: 429,
        retryAt: Date.now() + 1000,
      });
    };
    await executor.run(id);
    expect(await counted('flowdeck_execution_waits_total{why="rate-limit"}')).toBe("1");
    org.answer = () => ({ status: 200, headers: {}, body: null });
    await executor.run(id);
    expect(await counted('flowdeck_executions_ended_total{status="succeeded",mode="live"}')).toBe("1");
    expect(await counted("flowdeck_step_retries_total")).toBe("1");
    const steps = (kind: string, status: string) =>
      counted(`flowdeck_step_duration_seconds_count{kind="${kind}",status="${status}"}`);
    expect(await steps("event", "succeeded")).toBe("1");
    expect(await steps("action", "failed")).toBe("1");
    expect(await steps("action", "succeeded")).toBe("1");
  });

  test("calls by part of the API and answer, never by whom they are about", async () => {
    const org = createServer((_, answer) => answer.writeHead(404).end("{}"));
    const port = await listen(org);
    const client = createOktaClient({
      orgUrl: `http://127.0.0.1:${port}`,
      authorizer: tokenAuthorizer("00token"),
    });
    await expect(
      client.request({ method: "GET", path: "/api/v1/users/ann.lee@acme.example" }),
    ).rejects.toThrow();
    org.close();
    expect(await counted('flowdeck_okta_calls_total{bucket="/api/v1/users",status="4xx"}')).toBe("1");
    expect(await metrics().register.metrics()).not.toContain("ann");
  });
});

describe("who may read", () => {
  const scrape = (host: string) => answerMetrics(new Request("http://x/metrics", { headers: { host } }));

  test("the console answers this machine, with what the process and the fleet count", async () => {
    const answer = await scrape("localhost:3000");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toContain("text/plain");
    const text = await answer.text();
    for (const name of [
      "flowdeck_database_up",
      "flowdeck_queue_oldest_ready_seconds",
      "flowdeck_database_pool_connections",
      "process_resident_memory_bytes",
      "nodejs_eventloop_lag_p99_seconds",
    ])
      expect(text).toMatch(new RegExp(`^${name}\\b`, "m"));
    expect(text).not.toContain("undefined");
  });

  test("and refuses others", async () => {
    expect((await scrape("flows.example.com")).status).toBe(401);
  });

  test("a worker asks for its token, knows one address, and goes on without where the port is taken", async () => {
    const token = "a token of some length";
    const server = await startMetricsServer({ port: 0, token });
    if (!server) throw new Error("No port was free.");
    try {
      const get = (path: string, headers = {}) =>
        fetch(`http://127.0.0.1:${server.port}${path}`, { headers });
      expect((await get("/metrics")).status).toBe(401);
      expect((await get("/other", { authorization: `Bearer ${token}` })).status).toBe(404);
      const answer = await get("/metrics", { authorization: `Bearer ${token}` });
      expect(await answer.text()).toContain("flowdeck_step_duration_seconds");
      expect(await startMetricsServer({ port: server.port, token })).toBeUndefined();
    } finally {
      await server.close();
    }
  });
});
