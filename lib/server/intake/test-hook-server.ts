import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { openDatabase } from "../db/client.ts";
import { receiveHook, verifyHook } from "./hook-endpoint.ts";
import { serveHook } from "./serve-hook.ts";

/** For tests: the console's hook endpoint as an HTTP server of its own, so that an org really calls it. */
export function createHookServer(): Server {
  const door = { receive: receiveHook, verify: verifyHook };
  return createServer((incoming, outgoing) => {
    if (!serveHook(incoming, outgoing, door)) outgoing.writeHead(404).end();
  });
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
