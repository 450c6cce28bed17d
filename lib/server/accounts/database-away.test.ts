import { afterAll, beforeAll, expect, test } from "vitest";
import { getMe } from "#lib/api/settings.ts";
import { closeDatabase } from "../db/client.ts";
import { handle } from "../http/handle.ts";
import { me } from "./sessions.ts";
import { openTestConsole, request } from "./test-console.ts";

let console_: Awaited<ReturnType<typeof openTestConsole>>;
beforeAll(async () => {
  console_ = await openTestConsole();
});
afterAll(() => console_.drop());

test("when the database is away people are asked to wait, not to sign in again", async () => {
  const cookie = await console_.setUp();
  const authorization = await console_.token();
  const get = handle(getMe, me);
  expect((await get(request("GET", "/api/me", { headers: { cookie } }))).status).toBe(200);
  // The next call opens the database of DATABASE_URL, where nobody listens.
  await closeDatabase();
  const callers: Record<string, string>[] = [{ cookie }, { authorization }];
  for (const headers of callers) {
    const response = await get(request("GET", "/api/me", { headers }));
    expect(response.status).toBe(503);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect((await response.json()).error.code).toBe("unavailable");
  }
});
