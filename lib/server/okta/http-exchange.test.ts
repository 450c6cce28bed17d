import { randomBytes } from "node:crypto";
import { createServer, type RequestListener, type Server } from "node:http";
import type { Socket } from "node:net";
import { pipeline, Readable } from "node:stream";
import { brotliCompressSync, createGzip, deflateSync, gzipSync } from "node:zlib";
import { afterEach, expect, test, vi } from "vitest";
import { listen } from "../intake/test-hook-server.ts";
import { httpExchange } from "./http-exchange.ts";

let server: Server;
const sockets: Socket[] = [];
afterEach(() => {
  server.closeAllConnections();
  server.close();
  sockets.length = 0;
});

/** Calls a server that answers with `handler`. */
async function exchange(handler: RequestListener, more: { maxBytes?: number; timeoutMs?: number } = {}) {
  server = createServer(handler).on("connection", (socket) => {
    // The other side breaks some off.
    sockets.push(socket.on("error", () => {}));
  });
  const url = new URL(`http://127.0.0.1:${await listen(server)}/`);
  const heads: unknown[] = [];
  const onHead = (status: number, headers: Record<string, string>) => heads.push([status, headers.link]);
  const call = { url, method: "GET", headers: {}, timeoutMs: 5000, maxBytes: 1_000_000, ...more, onHead };
  return { heads, ask: () => httpExchange(call) };
}

const TEXT = JSON.stringify({ name: "Zoë".repeat(1000) });

test.each([
  ["gzip", gzipSync],
  ["deflate", deflateSync],
  ["br", brotliCompressSync],
])("unpacks %s", async (encoding, pack) => {
  const { ask } = await exchange((_, answer) =>
    answer.writeHead(200, { "content-encoding": encoding }).end(pack(TEXT)),
  );
  expect(await ask()).toBe(TEXT);
});

test("tells status and headers, those sent twice in one line, and uses the connection again", async () => {
  const { ask, heads } = await exchange((_, answer) =>
    answer.writeHead(404, { link: ["<a>", "<b>"] }).end("no"),
  );
  expect([await ask(), await ask()]).toEqual(["no", "no"]);
  expect(heads).toEqual([
    [404, "<a>, <b>"],
    [404, "<a>, <b>"],
  ]);
  expect(sockets).toHaveLength(1);
});

test("counts a packed answer as it is unpacked, and leaves no connection behind when it stops", async () => {
  function* endless() {
    for (;;) yield randomBytes(10_000);
  }
  const { ask } = await exchange(
    (_, answer) => {
      answer.writeHead(200, { "content-encoding": "gzip" });
      pipeline(Readable.from(endless()), createGzip(), answer, () => undefined);
    },
    { maxBytes: 100_000 },
  );
  await expect(ask()).rejects.toMatchObject({ details: { code: "answer-too-large" } });
  await vi.waitFor(() => expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true]), 20_000);
});

test.each([
  ["before the head", false],
  ["after it", true],
])("an answer that stops %s ends with the time it has, and so does its connection", async (_, head) => {
  const { ask } = await exchange((_request, answer) => void (head && answer.writeHead(200).write("some")), {
    timeoutMs: 100,
  });
  await expect(ask()).rejects.toMatchObject({ name: "TimeoutError" });
  await vi.waitFor(() => expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true]), 20_000);
});

test("a packed answer that is cut off is an error, not less text", async () => {
  const packed = gzipSync(TEXT);
  const { ask } = await exchange((_, answer) => {
    answer.writeHead(200, { "content-encoding": "gzip", "content-length": packed.length });
    answer.write(packed.subarray(0, packed.length - 10), () => answer.destroy());
  });
  await expect(ask()).rejects.toThrow();
});
