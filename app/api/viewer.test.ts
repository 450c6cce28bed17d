import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { endpoints } from "#lib/api/endpoints.ts";
import { createOwner } from "#lib/server/accounts/setup.ts";
import { actorOf, cookieOf, join, OWNER, request } from "#lib/server/accounts/test-console.ts";
import { createConnection } from "#lib/server/connections/create-connection.ts";
import { openTestOrg } from "#lib/server/connections/test-org.ts";
import { createFlow } from "#lib/server/flows/edit-flow.ts";
import { publishFlow } from "#lib/server/flows/publish-flow.ts";
import { soundDocument } from "#lib/server/flows/test-flow-documents.ts";
import { loadRoutes, routeOf } from "./test-routes.ts";

// A viewer asks for what would really happen: a flow that could run, executions that could be retried and cancelled, an
// org that would answer. The same requests of an admin do happen, so that what is refused is not refused for nothing.

const routes = await loadRoutes();
const ANN = "ann.lee@example.com";
let org: Awaited<ReturnType<typeof openTestOrg>>;
let viewer: string;
let admin: string;
let flow: { id: string; revision: number };
const failed = randomUUID();
const queued = randomUUID();

beforeAll(async () => {
  org = await openTestOrg();
  const owner = await actorOf(
    cookieOf(await createOwner({ body: OWNER, request: request("POST", "/api/setup") })),
  );
  viewer = (await join(owner, "viewer")).cookie;
  admin = (await join(owner, "admin")).cookie;
  const { url: orgUrl, token } = org.sandbox;
  await createConnection(owner, { name: "Sandbox", alias: "acme", orgUrl, token });
  const { id, revision } = await createFlow(owner, { document: soundDocument() });
  flow = { id, revision };
  await publishFlow(owner, id, { revision });
  const live = await org.prisma.flowVersion.findFirstOrThrow({ where: { flowId: id } });
  for (const [execution, status] of [
    [failed, "failed"],
    [queued, "queued"],
  ] as const) {
    await org.prisma.execution.create({
      data: { id: execution, flowId: id, versionId: live.id, mode: "live", trigger: {}, status },
    });
  }
});
afterAll(() => org.close());

interface Asked {
  /** Of the endpoint. */
  name: string;
  path: () => string;
  body?: () => unknown;
  /** Whether an admin's request makes a call to the org at once. */
  calls?: true;
}

const testOf = (card: string) => ({
  path: () => `/api/cards/${card}/test`,
  body: () => ({ connection: "acme", inputs: { user: ANN }, confirmWrite: true }),
  calls: true as const,
});

const REQUESTS: readonly Asked[] = [
  { name: "testCard", ...testOf("okta.users.read") },
  { name: "testCard", ...testOf("okta.users.suspend") },
  { name: "loadChoices", path: () => "/api/connections/acme/choices/okta.users?search=ann", calls: true },
  { name: "loadFields", path: () => "/api/connections/acme/fields/okta.userProfile", calls: true },
  {
    name: "findBulkPeople",
    path: () => "/api/bulk/people",
    body: () => ({ connection: "acme", text: "ann" }),
    calls: true,
  },
  { name: "sampleEventOfFlow", path: () => `/api/flows/${flow.id}/sample-event`, calls: true },
  { name: "testFlow", path: () => `/api/flows/${flow.id}/test`, body: () => ({ confirmWrites: true }) },
  { name: "planFlow", path: () => `/api/flows/${flow.id}/plan` },
  { name: "retryExecution", path: () => `/api/executions/${failed}/retry`, body: () => ({ from: "failed" }) },
  { name: "cancelExecution", path: () => `/api/executions/${queued}/cancel` },
  {
    name: "updateFlow",
    path: () => `/api/flows/${flow.id}`,
    body: () => ({ revision: flow.revision, document: soundDocument() }),
  },
  {
    name: "publishFlow",
    path: () => `/api/flows/${flow.id}/publish`,
    body: () => ({ revision: flow.revision + 1 }),
  },
  { name: "turnFlowOn", path: () => `/api/flows/${flow.id}/on` },
];

async function send({ name, path, body }: Asked, cookie: string) {
  const found = endpoints.find((each) => each.name === name);
  if (!found) throw new Error(`There is no endpoint ${name}.`);
  const { endpoint } = found;
  const response = await routeOf(
    routes,
    endpoint,
  )(request(endpoint.method, path(), { headers: { cookie }, body: body?.() }));
  return { status: response.status, answer: await response.json() };
}

/** Every row of every table but the sessions, whose last use is noted; the queue's jobs among them. */
async function everyRow(): Promise<Record<string, string>> {
  const { rows } = await org.pool.query<{ place: string }>(
    `select quote_ident(table_schema) || '.' || quote_ident(table_name) as place from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema in ('public', 'graphile_worker') and table_name <> 'sessions'`,
  );
  const sums: Record<string, string> = {};
  for (const { place } of rows) {
    const { rows: found } = await org.pool.query<{ sum: string | null }>(
      `select md5(string_agg(t::text, ',' order by t::text)) as sum from ${place} t`,
    );
    sums[place] = found[0]?.sum ?? "empty";
  }
  return sums;
}
const callsOf = () => {
  const { reads, writes } = org.sandbox.counters.json();
  return reads + writes.total;
};

test.each(REQUESTS)("$name by a viewer is refused, and nothing happens", async (asked) => {
  const before = { rows: await everyRow(), calls: callsOf() };
  expect(await send(asked, viewer)).toMatchObject({
    status: 403,
    answer: { error: { code: "forbidden", message: expect.stringContaining("may only look") } },
  });
  expect({ rows: await everyRow(), calls: callsOf() }).toEqual(before);

  const admins = await send(asked, admin);
  expect([admins.status, admins.answer.error]).toEqual([200, undefined]);
  if (asked.calls) expect(callsOf()).toBeGreaterThan(before.calls);
  else expect(await everyRow()).not.toEqual(before.rows);
});
