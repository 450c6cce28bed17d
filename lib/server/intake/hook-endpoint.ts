import { createHash, timingSafeEqual } from "node:crypto";
import { database } from "../db/client.ts";
import { log } from "../log.ts";
import { countHookCall } from "./count-arrival.ts";
import { findEndpoint, type HookEndpoint } from "./find-endpoint.ts";
import type { HookRequest } from "./hook-door.ts";
import { keptHeaders } from "./kept-headers.ts";
import { maskEvents } from "./mask-events.ts";
import { BodyTooLargeError, readBody } from "./read-body.ts";
import { DeliveryError, readDelivery } from "./read-delivery.ts";
import { receiveTogether } from "./receive-events.ts";
import { noteRefusal } from "./refusals.ts";

/** Okta gives up after 3 s; a 503 makes it try again once, no answer may not. */
const ANSWER_WITHIN_MS = 2500;
/** Okta names no maximum; 300 events of the usual size are 900 KB. */
const MAX_BODY_BYTES = 1024 * 1024;
const MAX_CHALLENGE_LENGTH = 1024;
const NO_ENDPOINT = "There is no such endpoint.";

/**
 * Answers Okta's verification of an event hook, the only GET it sends: the challenge goes back in the body.
 * Source: developer.okta.com, concepts/event-hooks, "One-time verification request".
 */
export function verifyHook(request: HookRequest, endpointId: string): Promise<Response> {
  return answerInTime(endpointId, async () => {
    const endpoint = await findEndpoint(database().pool, endpointId);
    if (!endpoint) return reject(endpointId, 404, NO_ENDPOINT);
    const challenge = request.headers.get("x-okta-verification-challenge");
    if (!challenge || challenge.length > MAX_CHALLENGE_LENGTH) {
      const message = "The header X-Okta-Verification-Challenge is missing or too long.";
      return reject(endpointId, 400, message, endpoint);
    }
    return Response.json({ verification: challenge }, { headers: { "cache-control": "no-store" } });
  });
}

/**
 * Takes a delivery of an event hook in. 204 means its events are durable; everything else means none of them is.
 * The secret is checked before the body is read: a stranger costs us one look-up, whatever he sends.
 */
export function receiveHook(request: HookRequest, endpointId: string): Promise<Response> {
  return answerInTime(endpointId, async () => {
    const endpoint = await findEndpoint(database().pool, endpointId);
    if (!endpoint) return reject(endpointId, 404, NO_ENDPOINT);
    if (!secretMatches(request.headers.get("authorization"), endpoint.secretHash)) {
      return reject(
        endpointId,
        401,
        "The Authorization header is not the secret of this endpoint.",
        endpoint,
      );
    }
    if (!isJson(request.headers.get("content-type"))) {
      return reject(endpointId, 415, "The content type must be application/json.", endpoint);
    }
    try {
      const { envelope, events } = readDelivery(await readBody(request, MAX_BODY_BYTES));
      const receipt = await receiveTogether(database().pool, {
        connectionId: endpoint.id,
        source: "hook",
        envelope: { ...envelope, headers: keptHeaders(request.headers) },
        events: maskEvents(events, endpoint.hiddenAttributes),
      });
      log.debug({ endpointId, ...receipt }, "Events taken in.");
      return new Response(null, { status: 204 });
    } catch (error) {
      if (error instanceof DeliveryError) return reject(endpointId, 400, error.message, endpoint);
      if (error instanceof BodyTooLargeError)
        return reject(endpointId, 413, "The body is larger than 1 MiB.", endpoint);
      throw error;
    }
  });
}

/**
 * Compares hashes in constant time; no stored hash means nobody gets in. A header doubled into one line reads "a, a":
 * another hash. Of two lines Node's parser keeps the first, so a second one is never seen here.
 */
function secretMatches(sent: string | null, storedHash: string | null): boolean {
  const stored = Buffer.from(storedHash ?? "", "hex");
  const hash = createHash("sha256")
    .update(sent ?? "")
    .digest();
  return sent !== null && stored.length === hash.length && timingSafeEqual(stored, hash);
}

function isJson(contentType: string | null): boolean {
  return contentType?.split(";")[0]?.trim().toLowerCase() === "application/json";
}

/** Refuses a call, and notes it where people see it. */
function reject(endpointId: string, status: number, message: string, endpoint?: HookEndpoint): Response {
  noteRefusal({ connectionId: endpoint?.id, status, reason: message });
  log.warn(
    { endpointId: endpointId.slice(0, 200), status, reason: message },
    "A call of a hook endpoint was refused.",
  );
  return Response.json({ error: { message } }, { status, headers: { "cache-control": "no-store" } });
}

/** Whatever goes wrong inside, or takes too long, is a 503: never a 2xx, never a 4xx, which Okta does not repeat. */
async function answerInTime(endpointId: string, work: () => Promise<Response>): Promise<Response> {
  const unavailable = (cause: unknown) => {
    log.error({ endpointId, err: cause }, "A call of a hook endpoint could not be answered.");
    const message = "The events could not be stored just now; send them again.";
    return Response.json({ error: { message } }, { status: 503, headers: { "retry-after": "5" } });
  };
  const late = Promise.withResolvers<Response>();
  const timer = setTimeout(
    () => late.resolve(unavailable(new Error("No answer in time."))),
    ANSWER_WITHIN_MS,
  );
  const began = performance.now();
  try {
    const answer = await Promise.race([work().catch(unavailable), late.promise]);
    countHookCall(answer.status, performance.now() - began);
    return answer;
  } finally {
    clearTimeout(timer);
  }
}
