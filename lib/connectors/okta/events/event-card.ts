import { type Card, defineEvent, type EventDefinition } from "../../../cards/define.ts";
import type { Fields, TypedFields } from "../../../cards/field.ts";
import type { Json, JsonObject } from "../../../flow/json.ts";
import { type OktaClient, okta } from "../client.ts";
import { EVENT_HOOK_DOCS } from "../docs-url.ts";
import { readOutputs } from "../read-outputs.ts";
import type { Facts } from "./event-facts.ts";
import { eventHead, eventTail } from "./event-fields.ts";
import { eventSource } from "./okta-event.ts";
import { sampleLogEvent } from "./sample-event.ts";

/** All that tells one event card from another. */
export interface EventCard {
  id: string;
  title: string;
  summary: string;
  eventType: string;
  category: string;
  /** Names other products give it, and words people search by. */
  keywords: string[];
  help?: string;
  /** Outputs between those all events have. */
  facts: Facts;
  /** Scopes beside the one every event hook needs. */
  scopes?: string[];
}

/** Conditions of an event card: its inputs, and what is compared with them. */
export type Conditions<I extends TypedFields> = Required<
  Pick<EventDefinition<TypedFields, OktaClient, I>, "inputs" | "matches">
>;

/** The scope without which no event hook can be registered. */
const HOOK_SCOPE = "okta.eventHooks.manage";

/** An event card of Okta: starts the flow on one event type. */
export function eventCard<I extends TypedFields = Record<never, TypedFields[string]>>(
  { eventType, facts, scopes, ...event }: EventCard,
  conditions?: Conditions<I>,
): Card {
  const outputs: Fields = {
    ...eventHead,
    ...Object.fromEntries(Object.entries(facts).map(([key, fact]) => [key, fact.field])),
    ...eventTail,
  };
  const sample = readSampleOf(facts, sampleLogEvent(eventType));
  return defineEvent<TypedFields, OktaClient, I>({
    ...event,
    ...conditions,
    version: 1,
    docs: EVENT_HOOK_DOCS,
    connector: okta,
    scopes: [HOOK_SCOPE, ...(scopes ?? [])],
    outputs,
    listensTo: () => [eventType],
    readEvent: async ({ event: logEvent, client, wanted }) =>
      readOutputs(outputs, await readFacts(facts, logEvent, client, wanted)),
    sampleEvent: () => sampleLogEvent(eventType),
    sample: { inputs: {}, outputs: readOutputs(outputs, sample) },
  });
}

async function readFacts(
  facts: Facts,
  event: JsonObject,
  client: OktaClient,
  wanted: (output: string) => boolean,
): Promise<JsonObject> {
  const source = eventSource(event);
  for (const [key, fact] of Object.entries(facts)) {
    if ("from" in fact) source[key] = fact.from(event);
    else source[key] = wanted(key) ? await fact.lookUp(client, event) : null;
  }
  return source;
}

function readSampleOf(facts: Facts, event: JsonObject): JsonObject {
  const read = Object.entries(facts).map(([key, fact]): [string, Json] => [
    key,
    "from" in fact ? fact.from(event) : fact.sample,
  ]);
  return { ...eventSource(event), ...Object.fromEntries(read) };
}
