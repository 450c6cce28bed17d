import type { WHY_VERDICTS, WhyNot } from "#lib/api/why-not.ts";
import type { JsonObject } from "#lib/flow/json.ts";
import { readDocument } from "#lib/flow/migrate-document.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { database } from "../db/client.ts";
import { findFlow } from "../flows/find-flow.ts";
import { LogEventError, readLogEvent } from "../intake/log-event.ts";
import {
  type EventFacts,
  eventNamed,
  executionFor,
  type IntakeFacts,
  intakeFacts,
  type Listening,
  latestEventFor,
  latestEvents,
  listeningAt,
  listeningOf,
  wasOnAt,
} from "./why-not-facts.ts";

interface Verdict {
  verdict: (typeof WHY_VERDICTS)[number];
  text: string;
  hint?: string;
  executionId?: string;
}

interface Asked {
  flow: { id: string; name: string; on: boolean; createdAt: Date };
  listening: Listening | undefined;
  intake: IntakeFacts | null;
}

/**
 * Why a flow did not run for an event, or for the latest event it listens to, found out from what was stored: whether
 * the event arrived, whether the flow was on and listened then, and what became of its execution.
 *
 * @throws ApiProblem not-found when there is no such flow
 */
export async function whyNotRun(actor: Actor, flowId: string, query: { eventId?: string }): Promise<WhyNot> {
  authorize(actor, "executions.read");
  const { prisma } = database();
  const flow = await findFlow(prisma, flowId);
  const live = flow.liveVersionId
    ? await prisma.flowVersion.findUnique({ where: { id: flow.liveVersionId } })
    : null;
  // A flow that was never published has an event card all the same, and with it a connection to choose events of.
  const listening = listeningOf(readDocument(live?.document ?? flow.draft));
  const intake = listening ? await intakeFacts(listening.alias) : null;
  const asked: Asked = { flow, listening: live ? listening : undefined, intake };
  const event = query.eventId
    ? await eventNamed(query.eventId, intake?.id)
    : asked.listening && intake
      ? await latestEventFor(intake.id, asked.listening.eventTypes)
      : null;
  const verdict = event
    ? await whyNotFor(event, asked)
    : query.eventId
      ? neverArrived(`No event with the UUID ${query.eventId} has arrived`, intake)
      : whyNever(asked);
  return {
    verdict: verdict.verdict,
    text: verdict.text,
    hint: verdict.hint ?? null,
    executionId: verdict.executionId ?? null,
    event: event && {
      uuid: event.uuid,
      eventType: event.eventType,
      published: event.published.toISOString(),
      receivedAt: event.receivedAt.toISOString(),
    },
    intake: intake && {
      connection: intake.name,
      mode: intake.intake,
      hookStatus: intake.hookStatus,
      hookDetail: intake.hookDetail,
      lastDeliveryAt: intake.lastDeliveryAt?.toISOString() ?? null,
    },
    latest: intake
      ? (await latestEvents(intake.id)).map(({ uuid, event_type: eventType, published, payload }) => ({
          uuid,
          eventType,
          published: published.toISOString(),
          summary: subjectOf(payload),
        }))
      : [],
  };
}

/** No event was named and none of those the flow listens to is there. */
function whyNever({ flow, listening, intake }: Asked): Verdict {
  if (!listening) return neverPublished();
  if (!flow.on) return { verdict: "off", text: "The flow is off, so no event starts it.", hint: TURN_ON };
  const types = listening.eventTypes.join(", ");
  return neverArrived(`The flow is on, but no event it listens to (${types}) has ever arrived`, intake);
}

const TURN_ON = "Turn the flow on: events that arrive from then on start it.";

async function whyNotFor(event: EventFacts, { flow, intake }: Asked): Promise<Verdict> {
  const execution = await executionFor(flow.id, event.id);
  if (execution) return executed(execution);
  const at = event.receivedAt;
  const then = await listeningAt(flow.id, at);
  if (!then) {
    return {
      verdict: "neverPublished",
      text: "The flow was not published yet when the event arrived, so there was nothing to run.",
      hint: "Run it with this event as a test, or wait for the next one.",
    };
  }
  const switched = await wasOnAt(flow.id, at);
  if (switched ? !switched.on : !flow.on) {
    return {
      verdict: "off",
      text: "The flow was off when the event arrived.",
      hint: flow.on ? "It is on now: the next event of this type starts it." : TURN_ON,
    };
  }
  const where = await intakeFacts(then.alias);
  if (where?.id !== event.connectionId) {
    const other = intake?.name ?? then.alias;
    return {
      verdict: "notListening",
      text: `The event came from another connection; the flow listens to “${other}”.`,
      hint: "Choose the connection on the flow's event card.",
    };
  }
  if (!then.eventTypes.includes(event.eventType)) {
    return {
      verdict: "notListening",
      text: `The event is of the type ${event.eventType}; the flow listened to ${then.eventTypes.join(", ")}.`,
      hint: "Choose another event card, or Custom Webhook, to listen to this type.",
    };
  }
  if (event.published < (switched?.since ?? flow.createdAt)) {
    return {
      verdict: "off",
      text: "It happened before the flow was turned on and was found in the System Log afterwards. A flow does not run for what happened before it was on.",
    };
  }
  return {
    verdict: "notKept",
    text: "The event arrived while the flow was on and listened to it, but there is no execution for it any more.",
    hint: "Executions are kept for the time set for history.",
  };
}

function executed(execution: { id: string; status: string; ran: boolean; reason: string | null }): Verdict {
  const { id: executionId, status, ran, reason } = execution;
  if (!ran) return { verdict: "conditionNotMet", text: reason ?? "A condition was not met.", executionId };
  const waits: Record<string, string> = {
    queued: "The event started the flow; its execution waits for a worker.",
    running: "The flow runs for this event now.",
    waiting: `The event started the flow, and its execution waits. ${reason ?? ""}`.trim(),
    attention: `The event started the flow, and its execution needs a person. ${reason ?? ""}`.trim(),
  };
  const pending = waits[status];
  if (pending) {
    const hint = status === "queued" ? "If it stays so, look whether a worker is running." : undefined;
    return { verdict: "pending", text: pending, hint, executionId };
  }
  const ended =
    status === "failed" ? `and failed: ${reason ?? "see the execution"}` : `and ${ENDED[status] ?? "ended"}.`;
  return { verdict: "ran", text: `The flow did run for this event, ${ended}`, executionId };
}

const ENDED: Record<string, string> = { succeeded: "succeeded", cancelled: "was cancelled" };

function neverPublished(): Verdict {
  return {
    verdict: "neverPublished",
    text: "The flow was never published, so there is nothing to run.",
    hint: "Publish it, then turn it on.",
  };
}

function neverArrived(what: string, intake: IntakeFacts | null): Verdict {
  if (!intake) {
    return {
      verdict: "neverArrived",
      text: `${what}. The flow's event card names no connection there is.`,
      hint: "Choose a connection on the event card.",
    };
  }
  const last = intake.lastDeliveryAt ? "" : " It has never brought an event.";
  if (intake.intake === "log") {
    return {
      verdict: "neverArrived",
      text: `${what} from “${intake.name}”, whose System Log is read.${last}`,
      hint: "Look for the event in Okta's System Log; it may take some seconds to be read.",
    };
  }
  const healthy = intake.hookStatus === "verified";
  const detail = intake.hookDetail ? ` (${intake.hookDetail})` : "";
  return {
    verdict: "neverArrived",
    text: `${what} from “${intake.name}”. Its event hook is ${healthy ? "verified" : `not working: ${intake.hookStatus}${detail}`}.${last}`,
    hint: healthy
      ? "Look for the event in Okta's System Log: if it is there, the next reading of the log brings it."
      : "Open the connection and mend its event hook.",
  };
}

function subjectOf(payload: JsonObject): string {
  try {
    return readLogEvent(payload).subject;
  } catch (error) {
    if (error instanceof LogEventError) return "";
    throw error;
  }
}
