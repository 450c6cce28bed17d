import type { JsonObject } from "../flow/json.ts";
import {
  type CardDescription,
  type CardOption,
  type EffectByOption,
  type Exit,
  type LookUpCall,
  NEXT,
  type OptionValues,
  type OwnFieldsRule,
  type Repeat,
} from "./card.ts";
import type { Connector } from "./connector.ts";
import type { InputValues, OutputValues, TypedFields } from "./field.ts";
import type { FlowMemory } from "./flow-memory.ts";
import type { Severity } from "./severity.ts";

/** What a running card sees. Time is an argument so that a retry or a test sees the same one. */
export interface RunContext<Inputs, Client> {
  inputs: Inputs;
  options: OptionValues;
  /** The connection's client; undefined for cards that need none. */
  client: Client;
  now: Date;
  /** Bytes of JSON the outputs may come to. What is larger fails the step, so a card that gathers a list stops there. */
  room: number;
  /** False where nothing in the flow reads this output, so that it need not be given. */
  wanted: (output: string) => boolean;
}

/** What an event card sees: the event as it arrived, and which of its outputs the flow uses. */
export interface EventContext<Client> {
  event: JsonObject;
  options: OptionValues;
  client: Client;
  /** False when nothing in the flow reads this output, so that its look-up can be left out. */
  wanted: (output: string) => boolean;
  /** Bytes of JSON the outputs may come to, see `RunContext.room`. */
  room: number;
  /** What the card's conditions had to find out anyway; undefined where they were not checked. */
  found?: JsonObject;
  now: Date;
}

/** What an event card's conditions are checked against. */
export interface MatchContext<Inputs, Client> {
  event: JsonObject;
  inputs: Inputs;
  options: OptionValues;
  client: Client;
  /** Null where the flow or the card is only tried: a test counts nothing and waits for no number of events. */
  memory: FlowMemory | null;
  now: Date;
}

/**
 * Whether the flow runs. A reason goes on where "Did not run, because" leaves off: "the user is not a member of Sales."
 * `found` is handed to `readEvent`, so that nothing is asked for twice.
 */
export type Match = true | { found: JsonObject } | { reason: string; found?: JsonObject };

/** What a control card decides: the way out (none ends this branch) and, to end the whole flow, why. */
export interface Decision {
  outputs: JsonObject;
  exit?: string;
  /** Ends the flow as succeeded; no further card runs. `reason` is shown in the execution. */
  end?: { reason: string; result?: JsonObject };
}

/**
 * A write that must not be repeated blindly reads its own outcome back: the outputs where it happened, null where it did
 * not. `now` is when the lost attempt began, not the time of the look: what changed since then is the attempt's doing. It
 * is by this process's clock; the system's own may differ, and is to be asked for what it showed then.
 * @throws CardError where what is found leaves it open; a person is asked then.
 */
export type ReadBack<Inputs, Outputs, Client> = (
  context: RunContext<Inputs, Client>,
) => Promise<Outputs | null>;

/** The executable side of a card, types erased: what the executor calls. */
export interface Card {
  description: CardDescription;
  connector?: Connector<unknown>;
  run?: (context: RunContext<JsonObject, unknown>) => Promise<JsonObject> | JsonObject;
  readBack?: ReadBack<JsonObject, JsonObject, unknown>;
  writes?: (context: Pick<RunContext<JsonObject, unknown>, "inputs" | "options">) => number;
  decide?: (context: RunContext<JsonObject, unknown>) => Decision;
  /** Event cards: the event types this card, with these options, listens to. */
  listensTo?: (options: OptionValues) => string[];
  /**
   * Event cards: whether the flow is to run for an event it listens to. Okta can't be asked for less than a whole event
   * type, so conditions on the type are checked here, before any other card runs.
   */
  matches?: (context: MatchContext<JsonObject, unknown>) => Promise<Match> | Match;
  readEvent?: (context: EventContext<unknown>) => Promise<JsonObject> | JsonObject;
  /** Event cards: an event as Okta would send it, for trying the flow. */
  sampleEvent?: (options: OptionValues) => JsonObject;
  /** Event cards: the severity of its executions where the alert settings leave it open. */
  severity?: Severity;
}

interface Common<I extends TypedFields, O extends TypedFields> {
  id: string;
  version: number;
  title: string;
  summary: string;
  help?: string;
  docs?: string;
  category: string;
  keywords?: string[];
  options?: Record<string, CardOption>;
  inputs: I;
  outputs: O;
  sample: { inputs: JsonObject; outputs: JsonObject };
}

export interface ActionDefinition<I extends TypedFields, O extends TypedFields, Client> extends Common<I, O> {
  connector: Connector<Client>;
  endpoint?: string;
  scopes: string[];
  effect: "read" | "write";
  /** Required for writes. */
  repeat?: Repeat;
  /** Where an option decides the effect. `effect` is then the gravest one. */
  effectByOption?: EffectByOption;
  /**
   * How many calls that change something it makes with these inputs, where that may be more than one.
   * @throws CardError where it would fail before the first of them
   */
  writes?: (context: Pick<RunContext<InputValues<I>, Client>, "inputs" | "options">) => number;
  run: (context: RunContext<InputValues<I>, Client>) => Promise<OutputValues<O>>;
  /** Required where `repeat` is "check". */
  readBack?: ReadBack<InputValues<I>, OutputValues<O>, Client>;
}

/**
 * An action card: one operation of one connector.
 * @throws Error at load time when a write does not say what a lost attempt may do.
 */
export function defineAction<I extends TypedFields, O extends TypedFields, Client>(
  definition: ActionDefinition<I, O, Client>,
): Card {
  const { connector, run, readBack, writes, effect, repeat, effectByOption, endpoint, scopes } = definition;
  if (effect === "write" && !repeat)
    throw new Error(`${definition.id}: a write card states its repeat rule.`);
  if ((repeat === "check") !== (readBack !== undefined)) {
    throw new Error(`${definition.id}: repeat "check" and readBack go together.`);
  }
  return {
    description: describe(definition, "action", {
      connector: connector.id,
      effect,
      repeat,
      effectByOption,
      endpoint,
      scopes,
    }),
    connector: connector as Connector<unknown>,
    // The executor hands over inputs it has checked against `inputs`, so the erased types hold.
    run: run as unknown as Card["run"],
    readBack: readBack as unknown as Card["readBack"],
    writes: writes as unknown as Card["writes"],
  };
}

export interface FunctionDefinition<I extends TypedFields, O extends TypedFields> extends Common<I, O> {
  ownFields?: OwnFieldsRule;
  run: (context: RunContext<InputValues<I> & JsonObject, undefined>) => JsonObject;
}

/** A function card: pure, no connection, same inputs same outputs. */
export function defineFunction<I extends TypedFields, O extends TypedFields>(
  definition: FunctionDefinition<I, O>,
): Card {
  return {
    description: describe(definition, "function", { connector: "core", ownFields: definition.ownFields }),
    run: definition.run as unknown as Card["run"],
  };
}

export interface ControlDefinition<I extends TypedFields, O extends TypedFields> extends Common<I, O> {
  exits: Exit[];
  ownFields?: OwnFieldsRule;
  decide: (context: RunContext<InputValues<I> & JsonObject, undefined>) => Decision;
}

/** A control card: chooses the way on, or ends the flow. */
export function defineControl<I extends TypedFields, O extends TypedFields>(
  definition: ControlDefinition<I, O>,
): Card {
  const { exits, ownFields } = definition;
  return {
    description: describe(definition, "control", { connector: "core", exits, ownFields }),
    decide: definition.decide as unknown as Card["decide"],
  };
}

export interface EventDefinition<O extends TypedFields, Client, I extends TypedFields>
  extends Omit<Common<I, O>, "inputs"> {
  connector: Connector<Client>;
  scopes: string[];
  /** What `matches` compares the event with. Nothing runs before an event card, so the admin types or picks it. */
  inputs?: I;
  listensTo: (options: OptionValues) => string[];
  matches?: (context: MatchContext<InputValues<I>, Client>) => Promise<Match> | Match;
  readEvent: (context: EventContext<Client>) => Promise<OutputValues<O>> | OutputValues<O>;
  sampleEvent: (options: OptionValues) => JsonObject;
  severity?: Severity;
  lookUps?: LookUpCall[];
}

/** An event card: starts the flow when one of its event types arrives. */
export function defineEvent<
  O extends TypedFields,
  Client,
  I extends TypedFields = Record<never, TypedFields[string]>,
>(definition: EventDefinition<O, Client, I>): Card {
  const { connector, scopes, inputs, listensTo, matches, readEvent, sampleEvent, severity, lookUps } =
    definition;
  const eventTypes = listensTo({});
  return {
    description: {
      ...describe({ ...definition, inputs: inputs ?? {} }, "event", {
        connector: connector.id,
        effect: "read",
        scopes,
      }),
      eventTypes: eventTypes.length > 0 ? eventTypes : undefined,
      lookUps: lookUps && lookUps.length > 0 ? lookUps : undefined,
    },
    connector: connector as Connector<unknown>,
    listensTo,
    // The executor hands over inputs it has checked against `inputs`, so the erased types hold.
    matches: matches as unknown as Card["matches"],
    readEvent: readEvent as unknown as Card["readEvent"],
    sampleEvent,
    severity,
  };
}

/** A note on the canvas. Takes no part in running. */
export function defineNote(definition: Common<TypedFields, TypedFields>): Card {
  return { description: describe(definition, "note", { connector: "core", exits: [] }) };
}

function describe(
  definition: Common<TypedFields, TypedFields>,
  kind: CardDescription["kind"],
  extra: Partial<CardDescription> & { connector: string },
): CardDescription {
  const { id, version, title, summary, help, docs, category, keywords, options, inputs, outputs, sample } =
    definition;
  return {
    id,
    version,
    kind,
    title,
    summary,
    help,
    docs,
    category,
    keywords: keywords ?? [],
    needsConnection: kind === "action" || kind === "event",
    scopes: [],
    effect: "none",
    options: options ?? {},
    inputs,
    outputs,
    exits: [NEXT],
    sample,
    ...extra,
  };
}
