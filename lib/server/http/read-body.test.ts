import { expect, test } from "vitest";
import { readJsonBody } from "./read-body.ts";

const headers = { "content-type": "application/json; charset=utf-8" };

function streamed(chunks: Uint8Array[], onCancel = () => {}): Request {
  const waiting = [...chunks];
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = waiting.shift();
      if (chunk === undefined) controller.close();
      else controller.enqueue(chunk);
    },
    cancel: onCancel,
  });
  return new Request("http://localhost/", { method: "POST", headers, body, duplex: "half" } as RequestInit);
}

test("reads characters that are cut in two by the network", async () => {
  const bytes = new TextEncoder().encode('{"name":"Zoë"}');
  const chunks = Array.from(bytes, (byte) => Uint8Array.of(byte));
  expect(await readJsonBody(streamed(chunks), 100)).toEqual({ name: "Zoë" });
});

test("stops reading at the limit instead of taking all of it in", async () => {
  let cancelled = false;
  const chunk = new Uint8Array(1024).fill(32);
  const endless = streamed(
    Array.from({ length: 1000 }, () => chunk),
    () => {
      cancelled = true;
    },
  );
  await expect(readJsonBody(endless, 4096)).rejects.toMatchObject({ code: "too-large", status: 413 });
  expect(cancelled).toBe(true);
});

test("a body of exactly the limit is read", async () => {
  const bytes = new TextEncoder().encode('"1234"');
  expect(await readJsonBody(streamed([bytes]), 6)).toBe("1234");
  await expect(readJsonBody(streamed([bytes]), 5)).rejects.toMatchObject({ code: "too-large" });
});

test("refuses bytes that are not UTF-8", async () => {
  await expect(readJsonBody(streamed([Uint8Array.of(34, 0xff, 34)]), 100)).rejects.toMatchObject({
    code: "bad-request",
  });
});

test("reads 100 levels and a document of two million characters", async () => {
  const deep = "[".repeat(100) + "]".repeat(100);
  expect(JSON.stringify(await readJsonBody(streamed([new TextEncoder().encode(deep)]), 1000))).toBe(deep);
  const long = JSON.stringify({ text: "x".repeat(2_000_000) });
  const read = await readJsonBody(streamed([new TextEncoder().encode(long)]), 4_000_000);
  expect(JSON.stringify(read)).toBe(long);
});

test("refuses half of a character, which no database stores, and takes whole ones", async () => {
  const body = (text: string) => streamed([new TextEncoder().encode(text)]);
  await expect(readJsonBody(body('{"name":["x\\ud83d"]}'), 100)).rejects.toMatchObject({
    code: "bad-request",
  });
  expect(await readJsonBody(body('"x\\ud83d\\ude00"'), 100)).toBe("x\u{1f600}");
});
