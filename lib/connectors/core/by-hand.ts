import { type CardDescription, NEXT } from "../../cards/card.ts";
import type { Card } from "../../cards/define.ts";
import { field } from "../../cards/field.ts";
import type { Json, JsonObject } from "../../flow/json.ts";

const outputs = {
  startedBy: field.text({ label: "Started By", help: "Who ran the card by hand." }),
  row: field.number({ label: "Row", help: "Place in the list the card was run over, from 1." }),
  label: field.text({ label: "Label", help: "What the row is called in the list." }),
};

const SAMPLE: JsonObject = { startedBy: "Ann Lee", row: 1, label: "ben.ray@example.com" };

const description: CardDescription = {
  id: "core.byHand",
  version: 1,
  kind: "event",
  title: "Run by Hand",
  summary: "Somebody started one card by hand.",
  connector: "core",
  category: "Events",
  keywords: ["manual", "bulk", "start"],
  // Unlike other events this one comes from no connection, hence not made by `defineEvent`.
  needsConnection: false,
  scopes: [],
  effect: "none",
  options: {},
  inputs: {},
  outputs,
  exits: [NEXT],
  sample: { inputs: {}, outputs: SAMPLE },
  hidden: true,
};

/** The event card of executions that run one action card by hand. No event of an org starts it. */
export const byHand: Card = {
  description,
  listensTo: () => [],
  readEvent: ({ event }) => ({
    startedBy: textOf(event.startedBy),
    row: typeof event.row === "number" ? event.row : null,
    label: textOf(event.label),
  }),
  sampleEvent: () => ({ ...SAMPLE }),
};

function textOf(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}
