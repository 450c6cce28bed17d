import { database } from "../db/client.ts";
import { env } from "../env/env.ts";
import { fleetMetrics } from "./fleet-metrics.ts";
import { mayReadMetrics } from "./may-read-metrics.ts";
import { measurePool, metrics } from "./metrics.ts";

/** Answers a Prometheus scrape of a web process: what this process counted, and what is true of the whole fleet. */
export async function answerMetrics(request: Request): Promise<Response> {
  const { metricsToken, host, publicUrl } = env();
  if (!mayReadMetrics(request.headers, { token: metricsToken, host, publicUrl })) {
    const message =
      "Metrics need METRICS_TOKEN, sent as Authorization: Bearer …; without one they are only for this machine.";
    return Response.json(
      { error: { message } },
      { status: 401, headers: { "www-authenticate": "Bearer", "cache-control": "no-store" } },
    );
  }
  measurePool(database());
  const { register } = metrics();
  const text = `${await register.metrics()}\n${await fleetMetrics(database().pool)}`;
  return new Response(text, {
    headers: { "content-type": register.contentType, "cache-control": "no-store" },
  });
}
