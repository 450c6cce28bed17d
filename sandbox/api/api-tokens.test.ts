import { afterAll, beforeAll, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../server.ts";
import { clientOf, type Send } from "../test-client.ts";

let sandbox: Sandbox;
let send: Send;
let now = Date.now();
const DAY = 86_400_000;

beforeAll(async () => {
  sandbox = await startSandbox({ clock: () => now });
  send = clientOf(sandbox);
});
afterAll(() => sandbox.close());

/** A client with a token of its own. */
const clientAs = async (user: string): Promise<Send> => {
  const { body } = await send("POST", "/sandbox/api-tokens", { user });
  return clientOf({ url: sandbox.url, token: String(body.token) });
};
const me = (as: Send) => as("GET", "/api/v1/users/me");

it("act as their admin, and are listed without the token itself", async () => {
  const own = await clientAs("rachel.green");
  expect((await me(own)).body.profile).toMatchObject({ login: "rachel.green@example.com" });
  const { list } = await send("GET", "/api/v1/api-tokens");
  expect(list.map(({ name }) => name)).toContain("Token of a test");
  expect(JSON.stringify(list)).not.toContain(sandbox.token);
});

it("give themselves back, whatever their admin may do besides", async () => {
  const own = await clientAs("katya.novak");
  expect((await own("POST", "/api/v1/groups", { profile: { name: "No" } })).body.errorCode).toBe("E0000006");
  expect((await own("DELETE", "/api/v1/api-tokens/current")).status).toBe(204);
  expect(sandbox.org.log.records.at(-1)).toMatchObject({ eventType: "system.api_token.revoke" });
  const after = await me(own);
  expect([after.status, after.body.errorCode]).toEqual([401, "E0000011"]);
});

it("are taken back by another admin", async () => {
  const own = await clientAs("grace.okafor");
  const { list } = await send("GET", "/api/v1/api-tokens");
  await send("DELETE", `/api/v1/api-tokens/${String(list.at(-1)?.id)}`);
  expect((await me(own)).status).toBe(401);
});

it("die after 30 days without use, not while they are used", async () => {
  const own = await clientAs("grace.okafor");
  for (let times = 0; times < 2; times += 1) {
    now += 29 * DAY;
    expect((await me(own)).status).toBe(200);
    await me(send);
  }
  now += 31 * DAY;
  expect((await me(own)).status).toBe(401);
  sandbox.reset();
});

it("of the environment come back with a reset", async () => {
  await send("DELETE", "/api/v1/api-tokens/current");
  expect((await me(send)).status).toBe(401);
  await send("POST", "/sandbox/reset");
  expect((await me(send)).status).toBe(200);
});
