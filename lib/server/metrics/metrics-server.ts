import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { log } from "../log.ts";
import { mayReadMetrics } from "./may-read-metrics.ts";
import { metrics } from "./metrics.ts";

export interface MetricsServer {
  port: number;
  close: () => Promise<void>;
}

/**
 * Answers `GET /metrics` in a worker, which has no other address. Without a token it listens on this machine only, with
 * one on all networks.
 *
 * A port that is taken is told in the log and nothing else: flows must run whether they are measured or not.
 *
 * @param port 0 takes any that is free
 * @returns undefined when the port can't be had
 */
export async function startMetricsServer({
  port,
  token,
}: {
  port: number;
  token: string | undefined;
}): Promise<MetricsServer | undefined> {
  const host = token === undefined ? "127.0.0.1" : undefined;
  const server = createServer((request, response) => {
    const headers = new Headers({
      host: request.headers.host ?? "",
      authorization: request.headers.authorization ?? "",
    });
    if (request.method !== "GET" || request.url !== "/metrics") return response.writeHead(404).end();
    if (!mayReadMetrics(headers, { token, host: host ?? "0.0.0.0", publicUrl: undefined }))
      return response.writeHead(401, { "www-authenticate": "Bearer" }).end();
    const { register } = metrics();
    register.metrics().then(
      (text) => response.writeHead(200, { "content-type": register.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  try {
    server.listen(port, host);
    await once(server, "listening");
  } catch (error) {
    log.error(
      { err: error, port },
      "Metrics can't be answered on WORKER_METRICS_PORT; the worker goes on without.",
    );
    return undefined;
  }
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
