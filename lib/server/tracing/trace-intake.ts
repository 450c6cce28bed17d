import { SpanKind, SpanStatusCode, TraceFlags } from "@opentelemetry/api";
import { tracing } from "./tracing.ts";

/** A UUID as trace ids are written: both are 128 bits. */
export function traceIdOf(uuid: string): string {
  return uuid.replaceAll("-", "");
}

/** The context of the span a delivery was taken in with; made of its id, so that whoever knows that can point to it. */
export function intakeSpanContext(deliveryId: string) {
  const traceId = traceIdOf(deliveryId);
  return { traceId, spanId: traceId.slice(16), traceFlags: TraceFlags.SAMPLED };
}

/** Runs the intake of a delivery, as a span where traces are sent. */
export async function traceIntake<T extends { accepted: number; executions: number }>(
  deliveryId: string,
  source: string,
  work: () => Promise<T>,
): Promise<T> {
  const active = tracing();
  if (!active) return work();
  const attributes = { "flowdeck.delivery_id": deliveryId, "flowdeck.source": source };
  const span = active.withIds(intakeSpanContext(deliveryId), () =>
    active.tracer.startSpan("intake", { kind: SpanKind.SERVER, root: true, attributes }),
  );
  try {
    const receipt = await work();
    span.setAttributes({
      "flowdeck.events": receipt.accepted,
      "flowdeck.executions": receipt.executions,
    });
    return receipt;
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}
