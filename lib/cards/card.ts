import type { JsonObject } from "../flow/json.ts";
import type { Choice, Fields } from "./field.ts";

/** What a card does to the outside world. Only "write" cards change anything. */
export type Effect = "none" | "read" | "write";

/**
 * What may happen to a write whose outcome is unknown (the worker died, the answer never came):
 * "safe": sent again, the result is the same; "check": the card reads the outcome back first; "ask": a person decides.
 */
export type Repeat = "safe" | "check" | "ask";

/** Effects that differ from the card's own for some values of one option. */
export interface EffectByOption {
  option: string;
  is: Record<string, { effect: Effect; repeat?: Repeat }>;
}

/** A setting of a card that shapes its fields, for example Create User: "With password". */
export interface CardOption {
  label: string;
  help?: string;
  choices?: Choice[];
  /**
   * With `choices`: a text that is none of them may be typed too where it has this form. `pattern` is a regular expression
   * for the whole text, `means` what the control says of such a value, `hint` what one looks like.
   */
  typed?: { pattern: string; means: string; hint: string };
  /** Choices come from a list too long to stand in the card (the 264 event types); id of a static list in the catalogue. */
  picker?: string;
  default: string;
}

/** A call an event card makes for one of its outputs or conditions, and when: `GET /api/v1/users/{id}/groups`. */
export interface LookUpCall {
  call: string;
  /** Goes on where "It is made" leaves off: "where a later card reads User Groups". */
  when: string;
}

/** A way out of a card. Most have one, "next"; If/Else has "true" and "false"; Return has none. */
export interface Exit {
  id: string;
  label: string;
}

export const NEXT: Exit = { id: "next", label: "Next" };

/** Options of a node, with defaults filled in. */
export type OptionValues = Record<string, string>;

/**
 * Everything about a card that can be written down as data. The catalogue sent to the browser is made of these;
 * the executable part never leaves the server.
 */
export interface CardDescription {
  /** Never changes once released: documents carry it. */
  id: string;
  version: number;
  kind: "event" | "action" | "function" | "control" | "note";
  title: string;
  /** One sentence: what it does, for the palette. */
  summary: string;
  /** Longer help in Markdown, where behaviour may surprise. */
  help?: string;
  /** Address of the API's own documentation. */
  docs?: string;
  connector: string;
  /** Heading in the palette: "Users", "Groups", "Logic" … */
  category: string;
  /** Words people search by that are not in the title: names other products give the card. */
  keywords: string[];
  /** Whether it acts through a connection of its connector. */
  needsConnection: boolean;
  /** OAuth scopes its calls need. */
  scopes: string[];
  /** Method and path of the main call, for the docs page: `POST /api/v1/users/{id}/lifecycle/suspend`. */
  endpoint?: string;
  effect: Effect;
  repeat?: Repeat;
  /** Where an option decides the effect (Custom API Action: the method). Read it through `effectOf`. */
  effectByOption?: EffectByOption;
  options: Record<string, CardOption>;
  inputs: Fields;
  outputs: Fields;
  /** Where the admin adds own fields: their list stands in the node's option `fields`, see own-fields.ts. */
  ownFields?: OwnFieldsRule;
  exits: Exit[];
  sample: { inputs: JsonObject; outputs: JsonObject };
  /** Event cards only: event types that start a flow, where no option chooses them. */
  eventTypes?: string[];
  /** Event cards only: what they ask the system for beside the event, for the docs page. */
  lookUps?: LookUpCall[];
  /** Stands in documents Flowdeck makes itself; not offered for building flows. */
  hidden?: boolean;
}

/** How a card lets its user declare fields. */
export interface OwnFieldsRule {
  /** "inputs": own inputs only (Return). "both": each own field is an input and an output of the same name (Assign). */
  into: "inputs" | "both";
  label: string;
}
