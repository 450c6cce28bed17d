/** Called by Next.js once, before the web process takes requests. Traces of the executor begin in worker/run-worker.ts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const [{ receiveHook, verifyHook }, { openHookDoor }] = await Promise.all([
    import("#lib/server/intake/hook-endpoint.ts"),
    import("#lib/server/intake/hook-door.ts"),
  ]);
  openHookDoor({ receive: receiveHook, verify: verifyHook });
  if (!process.env.OTEL_EXPORTER_OTLP_ENDPOINT) return;
  const { startTracing } = await import("#lib/server/tracing/tracing.ts");
  await startTracing("web");
}
