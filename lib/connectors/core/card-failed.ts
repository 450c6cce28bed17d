import { type CardDescription, NEXT } from "../../cards/card.ts";
import type { Card } from "../../cards/define.ts";
import { field } from "../../cards/field.ts";
import type { Json, JsonObject } from "../../flow/json.ts";

/** Id of the event card of flows that other flows call when a card of theirs fails. */
export const CARD_FAILED = "core.cardFailed";

const outputs = {
  flow: field.object({
    label: "Flow",
    help: "The flow whose card failed.",
    fields: { id: field.text({ label: "ID" }), name: field.text({ label: "Name" }) },
  }),
  execution: field.text({ label: "Execution ID" }),
  card: field.text({ label: "Card", help: "Title of the card that failed." }),
  // Not "error": that key is the error way's, whatever card has it.
  failure: field.object({
    label: "Error",
    fields: {
      message: field.text({ label: "Message" }),
      code: field.text({ label: "Code" }),
      status: field.number({ label: "HTTP status", help: "Empty where no answer came." }),
    },
  }),
  failedAt: field.datetime({ label: "Failed At" }),
  subject: field.text({ label: "Subject", help: "Names and logins of the event that started the flow." }),
};

const SAMPLE: JsonObject = {
  flow: { id: "0198c0de-0000-7000-8000-000000000001", name: "Contractor leaves" },
  execution: "0198c0de-0000-7000-8000-000000000002",
  card: "Remove User from Group",
  failure: { message: "Not found: Resource not found: 00g1 (UserGroup)", code: "E0000007", status: 404 },
  failedAt: "2026-01-15T09:30:00.000Z",
  subject: "ann.lee@example.com",
};

const description: CardDescription = {
  id: CARD_FAILED,
  version: 1,
  kind: "event",
  title: "Card Failed",
  summary: "A card of another flow failed, and its settings say to call this flow then.",
  help: "Choose this flow at a card of another flow, under **If it fails → Then**. That flow's execution fails all the same; this one is started in the same moment. Tests and plans call nothing. Flows that call each other stop after five calls.",
  connector: "core",
  category: "Events",
  keywords: ["error", "failure", "alert", "handler", "catch"],
  // Unlike other events this one comes from no connection, hence not made by `defineEvent`.
  needsConnection: false,
  scopes: [],
  effect: "none",
  options: {},
  inputs: {},
  outputs,
  exits: [NEXT],
  sample: { inputs: {}, outputs: SAMPLE },
};

/** The event card of flows that deal with failures of others. No event of an org starts it. */
export const cardFailed: Card = {
  description,
  listensTo: () => [],
  readEvent: ({ event }) => ({
    flow: { id: textIn(event.flow, "id"), name: textIn(event.flow, "name") },
    execution: textOf(event.execution),
    card: textOf(event.card),
    failure: {
      message: textIn(event.failure, "message"),
      code: textIn(event.failure, "code"),
      status: numberOf(partOf(event.failure, "status")),
    },
    failedAt: textOf(event.failedAt),
    subject: textOf(event.subject),
  }),
  sampleEvent: () => structuredClone(SAMPLE),
};

function partOf(value: Json | undefined, key: string): Json | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value[key] : undefined;
}

function textIn(value: Json | undefined, key: string): string | null {
  return textOf(partOf(value, key));
}

function textOf(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}

function numberOf(value: Json | undefined): number | null {
  return typeof value === "number" ? value : null;
}
