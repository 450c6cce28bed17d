import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Endpoint } from "#lib/api/endpoint.ts";
import { endpoints } from "#lib/api/endpoints.ts";
import { actorOf, join, openTestConsole, request } from "#lib/server/accounts/test-console.ts";
import { addressOf, CALLERS, type CallerName, EXPECTED, type Expected } from "./test-rights.ts";
import { loadRoutes, routeOf } from "./test-routes.ts";

const routes = await loadRoutes();
let console_: Awaited<ReturnType<typeof openTestConsole>>;
let headersOf: Record<CallerName, Record<string, string>>;

beforeAll(async () => {
  console_ = await openTestConsole();
  const owner = { cookie: await console_.setUp() };
  const actor = await actorOf(owner.cookie);
  headersOf = {
    owner,
    admin: { cookie: (await join(actor, "admin")).cookie },
    viewer: { cookie: (await join(actor, "viewer")).cookie },
    token: { authorization: await console_.token() },
    nobody: {},
  };
});
afterAll(() => console_.drop());

const WRONG: Record<string, string>[] = [
  { authorization: "Bearer flowdeck_wrong" },
  { cookie: "flowdeck-session=wrong.wrong" },
];

async function ask(endpoint: Endpoint, { body }: Expected, headers: Record<string, string>) {
  const { method, path } = endpoint;
  const response = await routeOf(routes, endpoint)(request(method, addressOf(path), { headers, body }));
  const answer: { error?: { code: string } } = response.status === 304 ? {} : await response.json();
  return { status: response.status, code: answer.error?.code };
}

test("who may do what is written down for every endpoint, and for no other", () => {
  expect(Object.keys(EXPECTED).sort()).toEqual(endpoints.map(({ name }) => name).sort());
});

describe("every endpoint, every kind of caller", () => {
  // Signing out ends the session it is asked with.
  const rest = endpoints.filter(({ name }) => name !== "signOut");
  const last = endpoints.filter(({ name }) => name === "signOut");

  test.each([...rest, ...last])("$name", async ({ name, endpoint }) => {
    const expected = EXPECTED[name];
    if (!expected) throw new Error(`${name} is not written down.`);
    const isPublic = endpoint.permission === "public";
    if (!isPublic && endpoint.body) {
      expect(endpoint.body.safeParse(expected.body ?? {}).error).toBeUndefined();
    }
    for (const caller of CALLERS) {
      const answer = await ask(endpoint, expected, headersOf[caller]);
      const refused = caller === "nobody" ? [401, "not-signed-in"] : [403, "forbidden"];
      if (expected.may.includes(caller)) expect([caller, answer.status]).toEqual([caller, expected.status]);
      else expect([caller, answer.status, answer.code]).toEqual([caller, ...refused]);
    }
    if (isPublic) return;
    for (const wrong of WRONG) expect((await ask(endpoint, expected, wrong)).status).toBe(401);
    if (endpoint.method === "GET") return;
    const elsewhere = { ...headersOf.owner, origin: "https://evil.example" };
    expect(await ask(endpoint, expected, elsewhere)).toEqual({ status: 403, code: "forbidden" });
  });
});

test("nothing of what was refused was done", async () => {
  const { prisma } = console_;
  // The owner, an admin and a viewer, and whom the owner added; one flow for each who may write; one token each for
  // the owner and the admin beside the one that asks.
  expect(await prisma.user.count()).toBe(4);
  expect(await prisma.flow.count()).toBe(3);
  expect(await prisma.apiToken.count()).toBe(3);
  expect(await prisma.connection.count()).toBe(0);
});
