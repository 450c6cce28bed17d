import { answerMetrics } from "#lib/server/metrics/metrics-route.ts";

export const dynamic = "force-dynamic";
export const runtime = "nodejs";

/** What Prometheus reads. */
export async function GET(request: Request): Promise<Response> {
  return answerMetrics(request);
}
