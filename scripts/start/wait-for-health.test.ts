import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { afterEach, expect, test } from "vitest";
import { freePort } from "../free-port.ts";
import { waitForHealth } from "./wait-for-health.ts";

const forever = new AbortController().signal;
let server: Server | undefined;

afterEach(() => server?.close());

/** A console that is not ready for its first answers. */
async function answer(port: number, unready: number): Promise<void> {
  let asked = 0;
  server = createServer((request, response) => {
    asked += 1;
    response.statusCode = request.url === "/api/health" && asked > unready ? 200 : 503;
    response.end('{"worker":"missing"}');
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
}

test("waits over refused connections and 503 until the answer is 200", async () => {
  const port = await freePort();
  const waiting = waitForHealth(`http://127.0.0.1:${port}`, 20_000, forever);
  await answer(port, 3);
  await waiting;
});

test("gives up in time, with the last answer", async () => {
  const port = await freePort();
  await answer(port, Number.POSITIVE_INFINITY);
  await expect(waitForHealth(`http://127.0.0.1:${port}`, 300, forever)).rejects.toThrow(
    /503 {"worker":"missing"}/,
  );
});

test("ends with the reason when it is called off", async () => {
  const calledOff = new AbortController();
  const waiting = waitForHealth(`http://127.0.0.1:${await freePort()}`, 20_000, calledOff.signal);
  calledOff.abort(new Error("Ctrl-C"));
  await expect(waiting).rejects.toThrow("Ctrl-C");
});
