import { ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { Pool } from "pg";
import type { Ending, Exchange, Step } from "#lib/engine/execution.ts";
import type { PlannedCard } from "#lib/engine/plan.ts";
import { pathTemplate } from "../okta/path-template.ts";
import { intakeSpanContext, traceIdOf } from "./trace-intake.ts";
import { type Tracing, tracing } from "./tracing.ts";

/** One run of an execution in a worker: from its claim to where it ends, waits or is lost. */
export interface ExecutionTrace {
  /** A finished attempt at a card, with its calls. */
  step: (planned: PlannedCard | undefined, step: Step) => void;
  /** How the run ended; undefined when it broke off. */
  end: (ending?: Ending) => void;
}

/**
 * Begins the trace of a run. The trace id is the execution's id, so that one leads to the other, and all runs of an
 * execution (takeover, waits) are in one trace; it is linked to the delivery its event came in with. Spans of cards and
 * calls are made when the card is done, out of its step: the history is measured already.
 *
 * Spans hold ids of ours, card ids, titles of the catalogue and path templates: no input, output, login or body.
 *
 * @returns undefined while no traces are sent
 */
export async function traceExecution(
  pool: Pool,
  execution: { id: string; flowId: string; mode: string; fence: number },
): Promise<ExecutionTrace | undefined> {
  const active = tracing();
  if (!active) return undefined;
  const deliveryId = await deliveryOf(pool, execution.id);
  const span = active.withIds({ traceId: traceIdOf(execution.id) }, () =>
    active.tracer.startSpan("execution", {
      kind: SpanKind.CONSUMER,
      root: true,
      links: deliveryId === undefined ? [] : [{ context: intakeSpanContext(deliveryId) }],
      attributes: {
        "flowdeck.execution_id": execution.id,
        "flowdeck.flow_id": execution.flowId,
        "flowdeck.mode": execution.mode,
        "flowdeck.claim": execution.fence,
      },
    }),
  );
  return {
    step: (planned, step) => cardSpan(active, span, planned, step),
    end: (ending) => {
      if (ending) span.setAttribute("flowdeck.status", ending.status);
      if (!ending || ending.status === "failed") span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

async function deliveryOf(pool: Pool, executionId: string): Promise<string | undefined> {
  const { rows } = await pool.query<{ delivery_id: string }>({
    name: "delivery-of-execution",
    text: "select v.delivery_id from executions e join events v on v.id = e.event_id where e.id = $1",
    values: [executionId],
  });
  return rows[0]?.delivery_id;
}

function cardSpan({ tracer }: Tracing, parent: Span, planned: PlannedCard | undefined, step: Step): void {
  const card = planned?.card.description;
  const span = tracer.startSpan(
    card?.title ?? "card",
    {
      startTime: new Date(step.startedAt),
      attributes: {
        "flowdeck.card": card?.id ?? "unknown",
        "flowdeck.path": step.path,
        "flowdeck.attempt": step.attempt,
        "flowdeck.status": step.status,
        ...(step.error ? { "flowdeck.error": step.error.code } : {}),
      },
    },
    trace.setSpan(ROOT_CONTEXT, parent),
  );
  for (const exchange of step.exchanges ?? []) callSpan({ tracer }, span, exchange);
  if (step.error) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end(new Date(step.finishedAt ?? step.startedAt));
}

function callSpan({ tracer }: Pick<Tracing, "tracer">, parent: Span, exchange: Exchange): void {
  const template = pathTemplate(exchange.path);
  const at = new Date(exchange.at);
  const span = tracer.startSpan(
    `${exchange.method} ${template}`,
    {
      kind: SpanKind.CLIENT,
      startTime: at,
      attributes: {
        "http.request.method": exchange.method,
        "url.template": template,
        ...(exchange.status === undefined ? {} : { "http.response.status_code": exchange.status }),
        ...(exchange.requestId === undefined ? {} : { "okta.request_id": exchange.requestId }),
      },
    },
    trace.setSpan(ROOT_CONTEXT, parent),
  );
  if (exchange.status === undefined || exchange.status >= 400) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end(new Date(at.getTime() + exchange.durationMs));
}
