import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { jsonAnswer } from "./json-answer.ts";
import { Reply } from "./reply.ts";

const long = { text: "Zoë ".repeat(5000) };
const asked = (accept: string) =>
  new Request("http://localhost/", { headers: { "accept-encoding": accept } });

test.each(["gzip", "deflate, gzip;q=1.0, br", "br;q=0.9, GZIP;q=0.5"])("packs for %s", async (accept) => {
  const response = await jsonAnswer(new Reply(long), asked(accept));
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(response.headers.get("content-encoding")).toBe("gzip");
  expect(response.headers.get("vary")).toBe("Accept-Encoding");
  expect(bytes.length).toBeLessThan(1000);
  expect(JSON.parse(gunzipSync(bytes).toString())).toEqual(long);
});

test.each(["", "identity", "br", "gzip;q=0", "gzip;q=0.0"])("does not pack for %j", async (accept) => {
  const response = await jsonAnswer(new Reply(long), asked(accept));
  expect(response.headers.get("content-encoding")).toBeNull();
  expect(await response.json()).toEqual(long);
});

test("does not pack what is short", async () => {
  const response = await jsonAnswer(new Reply({ ok: true }), asked("gzip"));
  expect(response.headers.get("content-encoding")).toBeNull();
  expect(await response.text()).toBe('{"ok":true}');
});
