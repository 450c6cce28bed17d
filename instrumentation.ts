/** Called by Next.js once, before the web process takes requests. Traces of the executor begin in worker/run-worker.ts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs" || !process.env.OTEL_EXPORTER_OTLP_ENDPOINT) return;
  const { startTracing } = await import("#lib/server/tracing/tracing.ts");
  await startTracing("web");
}
