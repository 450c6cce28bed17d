import { z } from "zod";
import { isJsonObject, type Json } from "#lib/flow/json.ts";
import { type LogEvent, readLogEvents } from "./log-event.ts";

/** A delivery that can't be read: the sender gets the message with status 400. */
export class DeliveryError extends Error {
  override name = "DeliveryError";
}

export interface HookDelivery {
  envelope: { eventId?: string; eventTime?: string; source?: string };
  events: LogEvent[];
}

/** Okta's own go about 8 levels deep. */
const MAX_DEPTH = 64;

/** The envelope is kept for people; only the events decide whether a delivery counts. */
const envelopeText = z.string().max(2000).optional().catch(undefined);
const deliverySchema = z.object({
  eventId: envelopeText,
  eventTime: envelopeText,
  source: envelopeText,
  data: z.object({ events: z.array(z.unknown()).min(1) }),
});

/**
 * Reads the body of an event hook's delivery. A broken event is left out, for a refused delivery never comes again and
 * would take its sound events along; a delivery without any sound event is refused.
 *
 * @throws DeliveryError saying what is wrong, without repeating values
 */
export function readDelivery(body: Uint8Array): HookDelivery {
  const json = parse(body);
  const parsed = deliverySchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new DeliveryError(
      `Not an event hook delivery: ${issue?.path.join(".") || "body"}: ${issue?.message}`,
    );
  }
  const { eventId, eventTime, source } = parsed.data;
  return { envelope: { eventId, eventTime, source }, events: eventsOf(json) };
}

function eventsOf(json: Json): LogEvent[] {
  const data = isJsonObject(json) ? json.data : undefined;
  const events = isJsonObject(data) ? data.events : undefined;
  const { sound, broken } = readLogEvents(Array.isArray(events) ? events : []);
  const [first] = broken;
  if (first !== undefined && sound.length === 0) throw new DeliveryError(`data.events.${first}`);
  return sound;
}

function parse(body: Uint8Array): Json {
  // Before parsing, for whatever walks the parsed value afterwards would run out of stack.
  if (depthOf(body) > MAX_DEPTH) throw new DeliveryError(`Nested more than ${MAX_DEPTH} levels deep.`);
  try {
    // `fatal` and `ignoreBOM`: what is not plain UTF-8 JSON is refused instead of guessed at.
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
    // The second way takes three times as long; only texts that could spell such a key go through it.
    return SUSPICIOUS.test(text) ? JSON.parse(text, withoutPrototypeKeys) : JSON.parse(text);
  } catch {
    throw new DeliveryError("The body is not JSON in UTF-8.");
  }
}

const SUSPICIOUS = /__proto__|constructor|\\u/;

/** Keys that reach into prototypes when somebody copies objects carelessly. Okta sends none. */
function withoutPrototypeKeys(this: unknown, key: string, value: unknown): unknown {
  return key === "__proto__" || key === "constructor" ? undefined : value;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** How deep arrays and objects are nested, without building them. */
function depthOf(body: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  let inText = false;
  for (let index = 0; index < body.length; index++) {
    const byte = body[index];
    if (inText) {
      if (byte === BACKSLASH) index++;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) inText = true;
    else if (byte === 0x7b || byte === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (byte === 0x7d || byte === 0x5d) depth--;
  }
  return deepest;
}
