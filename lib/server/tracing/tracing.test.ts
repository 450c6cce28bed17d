import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { CardError } from "#lib/cards/errors.ts";
import { registry } from "#lib/registry.ts";
import { addConnection, addFlow, documentOf, openTestDatabase } from "../db/test-records.ts";
import { createExecutor } from "../executor/run-execution.ts";
import { TestOrg } from "../executor/test-org.ts";
import { readLogEvent } from "../intake/log-event.ts";
import { receiveEvents } from "../intake/receive-events.ts";
import { oktaEvent } from "../intake/test-events.ts";
import { log } from "../log.ts";
import { createTracing, stopTracing, useTracing } from "./tracing.ts";

let db: Awaited<ReturnType<typeof openTestDatabase>>;
let exporter: InMemorySpanExporter;

beforeAll(async () => {
  log.level = "silent";
  db = await openTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  exporter = new InMemorySpanExporter();
  useTracing(await createTracing("test", [new SimpleSpanProcessor(exporter)]));
});
afterEach(() => stopTracing());

const USER = "/api/v1/users/ann/lifecycle/suspend";

async function arrivedAndRun(org: TestOrg) {
  const connection = await addConnection(db);
  const document = documentOf({
    cards: {
      e: { card: "okta.events.custom", v: 1, connection: "okta", options: {} },
      a: {
        card: "okta.api.custom",
        v: 1,
        connection: "okta",
        options: { method: "PUT" },
        inputs: { relativeUrl: { value: USER } },
      },
    },
    edges: [{ from: "e", out: "next", to: "a" }],
  });
  const flow = await addFlow(db, {
    document,
    listensTo: { connectionId: connection.id, eventTypes: ["group.user_membership.add"] },
  });
  await receiveEvents(db.pool, {
    connectionId: connection.id,
    source: "hook",
    events: [readLogEvent(oktaEvent())],
  });
  const { id } = await db.prisma.execution.findFirstOrThrow({ where: { flowId: flow.id } });
  await createExecutor({ database: db, registry, connections: org.connections }).run(id);
  return id;
}

const parentOf = (spans: ReadableSpan[], name: string) => {
  const parentId = spans.find((span) => span.name === name)?.parentSpanContext?.spanId;
  return spans.find((span) => span.spanContext().spanId === parentId)?.name;
};
const CALL = "PUT /api/v1/users/{id}/lifecycle/suspend";

test("one trace per execution, found by its id and linked to the delivery, with cards and calls", async () => {
  const org = new TestOrg();
  const id = await arrivedAndRun(org);
  const spans = exporter.getFinishedSpans();
  const intake = spans.find(({ name }) => name === "intake");
  const execution = spans.find(({ name }) => name === "execution");
  expect(execution?.spanContext().traceId).toBe(id.replaceAll("-", ""));
  expect(execution?.attributes).toMatchObject({
    "flowdeck.execution_id": id,
    "flowdeck.status": "succeeded",
    "flowdeck.mode": "live",
  });
  expect(execution?.links[0]?.context).toMatchObject({
    traceId: intake?.spanContext().traceId,
    spanId: intake?.spanContext().spanId,
  });
  expect(intake?.attributes).toMatchObject({ "flowdeck.events": 1, "flowdeck.executions": 1 });
  expect(parentOf(spans, CALL)).toBe("Custom API Action");
  expect(parentOf(spans, "Custom API Action")).toBe("execution");
});

test("no span holds a login, a query, a name or an id of the org", async () => {
  const org = new TestOrg();
  org.answer = () => {
    throw new CardError("Not found: ann@acme.example", { kind: "refused", code: "E0000007", status: 404 });
  };
  await arrivedAndRun(org);
  const told = JSON.stringify(
    exporter
      .getFinishedSpans()
      .map(({ name, attributes, status, events }) => ({ name, attributes, status, events })),
  );
  expect(told).toContain("E0000007");
  for (const personal of ["ann", "Ann", "Lee", "00uANN", "Sales"]) expect(told).not.toContain(personal);
});

test("nothing is traced while traces are off", async () => {
  await stopTracing();
  await arrivedAndRun(new TestOrg());
  expect(exporter.getFinishedSpans()).toEqual([]);
});
