import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestConsole, request } from "#lib/server/accounts/test-console.ts";
import { addConnection } from "#lib/server/db/test-records.ts";
import type { RouteHandler } from "#lib/server/http/handler-with.ts";
import { GET as getCatalog } from "./catalog/route.ts";
import { GET as getConnections } from "./connections/route.ts";
import { GET as getExecutions } from "./executions/route.ts";
import { GET as exportFlow } from "./flows/[id]/export/route.ts";
import { DELETE as deleteFlow, GET as getFlow, PUT as putFlow } from "./flows/[id]/route.ts";
import { GET as getFlows, POST as postFlow } from "./flows/route.ts";
import { GET as getSessions } from "./sessions/route.ts";
import { DELETE as deleteToken } from "./tokens/[id]/route.ts";
import { GET as getTokens, POST as postToken } from "./tokens/route.ts";

// Every answer here passes the check against its endpoint's schema, or it would be a 500.

let console_: Awaited<ReturnType<typeof openTestConsole>>;
let cookie: string;
beforeAll(async () => {
  console_ = await openTestConsole();
  cookie = await console_.setUp();
});
afterAll(() => console_.drop());

async function send(
  handler: RouteHandler,
  path: string,
  body?: unknown,
  headers: Record<string, string> = { cookie },
) {
  const response = await handler(request(handler.endpoint.method, path, { headers, body }));
  return {
    status: response.status,
    answer: response.status === 304 ? undefined : await response.json(),
    response,
  };
}

test("a flow is created, saved, refused when stale, exported and deleted", async () => {
  const created = await send(postFlow, "/api/flows", { name: "Leavers" });
  expect(created).toMatchObject({ status: 200, answer: { name: "Leavers", on: false, revision: 1 } });
  const { id, document } = created.answer;

  const saved = await send(putFlow, `/api/flows/${id}`, {
    revision: 1,
    document: { ...document, name: "Leavers 2" },
  });
  expect(saved).toMatchObject({
    status: 200,
    answer: { name: "Leavers 2", revision: 2, updatedBy: "Ann Lee" },
  });

  const stale = await send(putFlow, `/api/flows/${id}`, { revision: 1, document });
  expect(stale).toMatchObject({
    status: 409,
    answer: { error: { code: "conflict", current: { revision: 2, updatedBy: "Ann Lee" } } },
  });

  expect((await send(getFlows, "/api/flows")).answer.flows).toMatchObject([{ id, name: "Leavers 2" }]);
  expect((await send(exportFlow, `/api/flows/${id}/export`)).answer).toEqual({
    ...document,
    name: "Leavers 2",
  });
  expect((await send(deleteFlow, `/api/flows/${id}`)).answer).toEqual({ ok: true });
  expect((await send(getFlow, `/api/flows/${id}`)).status).toBe(404);
});

test("a document that is none is refused with what is wrong, and one of two megabytes is taken", async () => {
  const refused = await send(postFlow, "/api/flows", { document: { format: 1, cards: [] } });
  expect(refused).toMatchObject({ status: 422, answer: { error: { code: "invalid" } } });
  const cards = Object.fromEntries(
    Array.from({ length: 400 }, (_, index) => [
      `c${index}`,
      { card: "core.note", v: 1, inputs: { text: { value: "x".repeat(5000) } } },
    ]),
  );
  const large = { format: 1, name: "Large", cards, edges: [], layout: {} };
  expect((await send(postFlow, "/api/flows", { document: large })).status).toBe(200);
  expect((await send(postToken, "/api/tokens", { name: "x".repeat(1_100_000) })).status).toBe(413);
});

test("connections, executions and sessions are listed", async () => {
  await addConnection(console_, { alias: "okta" });
  expect((await send(getConnections, "/api/connections")).answer.connections).toMatchObject([
    { alias: "okta" },
  ]);
  expect(await send(getExecutions, "/api/executions?limit=5&status=failed,running")).toMatchObject({
    status: 200,
    answer: { items: [] },
  });
  expect((await send(getSessions, "/api/sessions")).answer.sessions).toMatchObject([{ current: true }]);
});

test("the catalogue is sent once and then only confirmed", async () => {
  const first = await send(getCatalog, "/api/catalog");
  expect(first.answer.cards.length).toBeGreaterThan(0);
  const etag = first.response.headers.get("etag") ?? "";
  expect((await send(getCatalog, "/api/catalog", undefined, { cookie, "if-none-match": etag })).status).toBe(
    304,
  );
});

test("a token works until it is revoked", async () => {
  const { answer } = await send(postToken, "/api/tokens", { name: "Export" });
  const bearer = { authorization: `Bearer ${answer.token}` };
  expect((await send(getFlows, "/api/flows", undefined, bearer)).status).toBe(200);
  expect((await send(getTokens, "/api/tokens", undefined, bearer)).status).toBe(403);
  expect((await send(getTokens, "/api/tokens")).answer.tokens).toMatchObject([
    { id: answer.id, name: "Export" },
  ]);
  expect((await send(deleteToken, `/api/tokens/${answer.id}`)).status).toBe(200);
  expect((await send(getFlows, "/api/flows", undefined, bearer)).status).toBe(401);
  expect((await send(deleteToken, `/api/tokens/${randomUUID()}`)).status).toBe(404);
});
