import { createServer } from "node:http";
import next from "next";
import { env } from "#lib/server/env/env.ts";
import { hookDoor } from "#lib/server/intake/hook-door.ts";
import { serveHook } from "#lib/server/intake/serve-hook.ts";

/**
 * Starts the console on HOST and PORT. Next.js serves the build that is there.
 *
 * @throws EnvironmentProblem, the error of Next.js where there is no build, or that of a port that is taken
 */
export async function startWeb(): Promise<{ stop: () => Promise<void> }> {
  const { host, port } = env();
  const app = next({ dev: false, hostname: host, port });
  await app.prepare();
  const page = app.getRequestHandler();
  const server = createServer((incoming, outgoing) => {
    const door = hookDoor();
    if (door && serveHook(incoming, outgoing, door)) return;
    page(incoming, outgoing).catch(() => {
      // It has logged why.
      if (!outgoing.headersSent) outgoing.writeHead(500);
      outgoing.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, host, resolve);
  });
  return {
    // Takes no more connections, answers the requests in flight.
    stop: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      await app.close();
    },
  };
}
