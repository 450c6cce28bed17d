import { afterEach, beforeAll, expect, test } from "vitest";
import { closeDatabase, openDatabase } from "../db/client.ts";
import { log } from "../log.ts";
import { receiveHook, verifyHook } from "./hook-endpoint.ts";
import { oktaDelivery, oktaEvent } from "./test-events.ts";

beforeAll(() => {
  log.level = "silent";
});
afterEach(closeDatabase);

test.each([
  ["nothing listens there", "postgresql://flowdeck@127.0.0.1:1/x"],
  // TEST-NET-1 (RFC 5737): packets go nowhere, so only a deadline of our own ends the wait.
  ["the host never answers", "postgresql://flowdeck@192.0.2.1:5432/x"],
])("answers 503 in the three seconds Okta waits when %s", async (_, url) => {
  openDatabase({ url, connections: 2, name: "flowdeck-test" });
  const body = JSON.stringify(oktaDelivery([oktaEvent()]));
  const headers = { authorization: "x", "content-type": "application/json" };
  const started = performance.now();
  const [delivered, verified] = await Promise.all([
    receiveHook(new Request("http://x/", { method: "POST", headers, body }), "abc"),
    verifyHook(new Request("http://x/", { headers: { "x-okta-verification-challenge": "abc" } }), "abc"),
  ]);
  expect([delivered.status, verified.status]).toEqual([503, 503]);
  expect(performance.now() - started).toBeLessThan(3000);
});
