import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { openDatabase } from "../db/client.ts";
import { receiveHook, verifyHook } from "./hook-endpoint.ts";

/** For tests: the console's hook endpoint as an HTTP server of its own, so that an org really calls it. */
export function createHookServer(): Server {
  return createServer(async (incoming, outgoing) => {
    const endpointId = incoming.url?.split("/").at(-1) ?? "";
    const answer = await (incoming.method === "POST" ? receiveHook : verifyHook)(
      requestOf(incoming),
      endpointId,
    );
    const headers = Object.fromEntries(answer.headers);
    outgoing.writeHead(answer.status, headers).end(Buffer.from(await answer.arrayBuffer()));
  });
}

function requestOf(incoming: IncomingMessage): Request {
  const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  const address = `http://127.0.0.1${incoming.url}`;
  const body = incoming.method === "POST" ? (Readable.toWeb(incoming) as ReadableStream) : undefined;
  // A body that is streamed needs `duplex`, which the types of the browser do not know.
  const init = { method: incoming.method ?? "GET", headers, body, duplex: "half" };
  return new Request(address, init);
}

/** Listens on 127.0.0.1. @param port 0 for any free one @returns the port */
export async function listen(server: Server, port = 0): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  return (server.address() as AddressInfo).port;
}

// Started as a process of its own, for tests that kill it: prints its port once it listens.
if (import.meta.main) {
  openDatabase({ url: process.env.DATABASE_URL ?? "", connections: 5, name: "flowdeck-test-hooks" });
  const port = await listen(createHookServer(), Number(process.env.PORT ?? 0));
  process.stdout.write(`${port}\n`);
}
