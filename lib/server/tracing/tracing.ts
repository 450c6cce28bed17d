import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Tracer } from "@opentelemetry/api";
import { env } from "../env/env.ts";

/** Ids the next span is to have; whatever is absent is random. */
export interface GivenIds {
  traceId?: string;
  spanId?: string;
}

export interface Tracing {
  tracer: Tracer;
  /** Starts a span with ids of our choice. Nothing may come between: it is for one synchronous call. */
  withIds: <T>(ids: GivenIds, start: () => T) => T;
  /** Sends what is left. */
  stop: () => Promise<void>;
}

const STOP_WITHIN_MS = 3000;

/** Next.js bundles each route with modules of its own; all of them must find the same one. */
const shared = globalThis as typeof globalThis & { flowdeckTracing?: Tracing };

/** Undefined while no traces are sent: callers then do nothing at all. */
export function tracing(): Tracing | undefined {
  return shared.flowdeckTracing;
}

/** For tests: traces go where the caller says. */
export function useTracing(replacement: Tracing | undefined): void {
  shared.flowdeckTracing = replacement;
}

/**
 * Begins to send traces when OTEL_EXPORTER_OTLP_ENDPOINT is set. The library is loaded only then: it takes 20 MB. It is
 * not made the global one, because Next.js would add spans of its own, with addresses and so with hook ids and logins.
 *
 * @param part "web" or "worker", as the service is called in traces: flowdeck-web
 */
export async function startTracing(part: "web" | "worker"): Promise<void> {
  if (env().otlpEndpoint === undefined || shared.flowdeckTracing) return;
  const [{ BatchSpanProcessor }, { OTLPTraceExporter }] = await Promise.all([
    import("@opentelemetry/sdk-trace-node"),
    import("@opentelemetry/exporter-trace-otlp-http"),
  ]);
  // The exporter reads the endpoint and further OTEL_EXPORTER_OTLP_… variables from the environment itself.
  shared.flowdeckTracing = await createTracing(part, [new BatchSpanProcessor(new OTLPTraceExporter())]);
}

type Processors = NonNullable<
  NonNullable<
    ConstructorParameters<typeof import("@opentelemetry/sdk-trace-node").BasicTracerProvider>[0]
  >["spanProcessors"]
>;

/** Makes tracing that ends in these processors; tests bring one that keeps spans in memory. */
export async function createTracing(part: string, spanProcessors: Processors): Promise<Tracing> {
  const [{ BasicTracerProvider }, { resourceFromAttributes }] = await Promise.all([
    import("@opentelemetry/sdk-trace-node"),
    import("@opentelemetry/resources"),
  ]);
  let given: GivenIds = {};
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ "service.name": `flowdeck-${part}` }),
    spanProcessors,
    idGenerator: {
      generateTraceId: () => given.traceId ?? randomBytes(16).toString("hex"),
      generateSpanId: () => given.spanId ?? randomBytes(8).toString("hex"),
    },
  });
  return {
    tracer: provider.getTracer("flowdeck"),
    withIds: (ids, start) => {
      given = ids;
      try {
        return start();
      } finally {
        given = {};
      }
    },
    stop: () => provider.shutdown(),
  };
}

/** Sends what is left and ends tracing. */
export async function stopTracing(): Promise<void> {
  const running = shared.flowdeckTracing;
  shared.flowdeckTracing = undefined;
  // A collector that does not answer must not hold a process up that is to end.
  await Promise.race([running?.stop(), sleep(STOP_WITHIN_MS, undefined, { ref: false })]);
}
