import { afterAll, beforeAll, expect, test } from "vitest";
import { authenticate } from "./current-actor.ts";
import { createOwner } from "./setup.ts";
import { signOut } from "./sign-in.ts";
import { OWNER, openTestConsole, request } from "./test-console.ts";

const PUBLIC = "https://flows.example.com";
const outside = { host: "flows.example.com", origin: PUBLIC };

let console_: Awaited<ReturnType<typeof openTestConsole>>;
beforeAll(async () => {
  console_ = await openTestConsole({ publicUrl: PUBLIC });
});
afterAll(() => console_.drop());

test("over https the cookie is bound to the host and to https", async () => {
  const reply = await createOwner({
    body: OWNER,
    request: request("POST", "/api/setup", { headers: outside }),
  });
  const [line = ""] = reply.headers.getSetCookie();
  expect(line).toMatch(/^__Host-flowdeck-session=/);
  expect(line).toMatch(/; Secure/i);
  expect(line).toMatch(/; Path=\/;/i);
  expect(line).not.toMatch(/Domain=/i);
  const cookie = line.split(";")[0] ?? "";
  expect(await authenticate(new Headers({ host: outside.host, cookie }))).toMatchObject({ by: "cookie" });

  // Under the name of the plain cookie the same session is not taken from outside.
  const plain = cookie.replace("__Host-flowdeck-session", "flowdeck-session");
  expect(await authenticate(new Headers({ host: outside.host, cookie: plain }))).toBeUndefined();

  const headers = { ...outside, cookie };
  const left = await signOut({ request: request("POST", "/api/auth/sign-out", { headers }) });
  expect(left.headers.getSetCookie().join()).toMatch(/__Host-flowdeck-session=;.*Max-Age=0/i);
  expect(await authenticate(new Headers(headers))).toBeUndefined();
});
