import type { LookUpCall } from "../../../cards/card.ts";
import { type Card, defineEvent, type EventContext } from "../../../cards/define.ts";
import type { Fields, TypedFields } from "../../../cards/field.ts";
import type { Severity } from "../../../cards/severity.ts";
import type { Json, JsonObject } from "../../../flow/json.ts";
import { type OktaClient, okta } from "../client.ts";
import { bytesOf } from "../collect.ts";
import { EVENT_HOOK_DOCS } from "../docs-url.ts";
import { readOutputs } from "../read-outputs.ts";
import { alertSettings } from "./alert-settings.ts";
import { allOf, type Conditions } from "./conditions.ts";
import type { Facts } from "./event-facts.ts";
import { eventHead, eventTail } from "./event-fields.ts";
import { eventSource } from "./okta-event.ts";
import { type About, runConditions } from "./run-conditions.ts";
import { sampleLogEvent } from "./sample-event.ts";

/** All that tells one event card from another. */
export interface EventCard {
  id: string;
  title: string;
  summary: string;
  eventType: string;
  /** Event types that never run the flow, but that its own conditions must hear of. */
  hears?: string[];
  category: string;
  /** Names other products give it, and words people search by. */
  keywords: string[];
  help?: string;
  /** Outputs between those all events have. */
  facts: Facts;
  /** Scopes beside the one every event hook needs. */
  scopes?: string[];
  /** The user it is about, where no output is that user. */
  user?: (event: JsonObject) => Json;
  /** Set where Okta can't be asked about that user any more: conditions on them could never be met. */
  userIsGone?: boolean;
  /** Severity of its executions unless the alert settings say another. */
  severity?: Severity;
}

/** The scope without which no event hook can be registered. */
export const HOOK_SCOPE = "okta.eventHooks.manage";

/** The scope the conditions on an event's user need. */
export const USER_SCOPE = "okta.users.read";

/**
 * An event card of Okta: starts the flow on one event type.
 * @param own conditions only this card has; those all cards have, and the alert settings, follow them
 */
export function eventCard(
  { eventType, hears = [], facts, scopes, user, userIsGone = false, ...event }: EventCard,
  own?: Conditions,
): Card {
  const about = aboutOf(facts, user);
  const outputs: Fields = {
    ...eventHead,
    ...Object.fromEntries(Object.entries(facts).map(([key, fact]) => [key, fact.field])),
    ...eventTail,
  };
  const sample = readSampleOf(facts, sampleLogEvent(eventType));
  const asked: About = userIsGone ? { ...about, user: undefined } : about;
  const conditions = [runConditions(asked), alertSettings(about, event.severity)];
  const { lookUps, ...matching } = allOf(...(own ? [own] : []), ...conditions);
  return defineEvent<TypedFields, OktaClient, TypedFields>({
    ...event,
    ...matching,
    lookUps: [...lookUpsOf(facts), ...lookUps],
    version: 1,
    docs: EVENT_HOOK_DOCS,
    connector: okta,
    scopes: [...new Set([HOOK_SCOPE, ...(scopes ?? []), ...(asked.user ? [USER_SCOPE] : [])])],
    outputs,
    listensTo: () => [eventType, ...hears],
    readEvent: async (context) => readOutputs(outputs, await readFacts(facts, context)),
    sampleEvent: () => sampleLogEvent(eventType),
    sample: { inputs: {}, outputs: readOutputs(outputs, sample) },
  });
}

function lookUpsOf(facts: Facts): LookUpCall[] {
  return Object.values(facts).flatMap((fact) =>
    "lookUp" in fact ? [{ call: fact.call, when: `where a later card reads ${fact.field.label}` }] : [],
  );
}

/** Whom and what the event is about: the outputs that say so. */
function aboutOf(facts: Facts, user: EventCard["user"]): About {
  const sourceOf = (what: "user" | "group") =>
    Object.values(facts)
      .flatMap((fact) => ("from" in fact && fact.about === what ? [fact.from] : []))
      .at(0);
  const found = { user: user ?? sourceOf("user"), group: sourceOf("group") };
  return { ...(found.user ? { user: found.user } : {}), ...(found.group ? { group: found.group } : {}) };
}

async function readFacts(
  facts: Facts,
  { event, client, wanted, room }: EventContext<OktaClient>,
): Promise<JsonObject> {
  const source = eventSource(event);
  // The event stands in the outputs about twice: as it came, and read into fields.
  let left = room - 2 * bytesOf(event);
  for (const [key, fact] of Object.entries(facts)) {
    if ("from" in fact) source[key] = fact.from(event);
    else {
      const found = wanted(key) ? await fact.lookUp(client, event, left) : null;
      source[key] = found;
      left -= bytesOf(found);
    }
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
