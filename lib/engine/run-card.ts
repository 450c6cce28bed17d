import { NEXT } from "../cards/card.ts";
import { clearedInputs, withCleared } from "../cards/cleared-inputs.ts";
import { convertFields } from "../cards/convert.ts";
import type { Card, RunContext } from "../cards/define.ts";
import { effectiveFields, type GrownFields } from "../cards/effective-fields.ts";
import { CardError } from "../cards/errors.ts";
import type { Fields } from "../cards/field.ts";
import type { FlowMemory } from "../cards/flow-memory.ts";
import { growthOf } from "../cards/growth.ts";
import { isJsonObject, type JsonObject } from "../flow/json.ts";
import { ExchangeLog } from "./exchange-log.ts";
import type { Exchange } from "./execution.ts";
import { type Failure, failureOf } from "./failure.ts";
import { DEFAULT_LIMITS } from "./limits.ts";
import type { PlannedCard } from "./plan.ts";
import type { EnginePorts, Sending } from "./ports.ts";
import { type Watch, watchOver } from "./watch-over.ts";

export interface CardRequest {
  planned: PlannedCard;
  /** Resolved, not yet converted. */
  inputs: JsonObject;
  /** Event cards only: the event as it arrived. The card's own sample where it is absent. */
  event?: JsonObject;
  ports: Pick<EnginePorts, "connections" | "clock" | "memory">;
  /**
   * Called when everything is ready and the card is about to act, with its real inputs. What it throws is thrown on:
   * the card does not act then.
   */
  beforeRun?: (inputs: JsonObject) => Promise<void>;
  /** Writes only: told of each call before it is made, see `Connections.client`. */
  sending?: Sending;
  /** Milliseconds after which a card that only reads is stopped at its next call. Absent: never. */
  maxMs?: number;
  /** Asked before each further call of a card that only reads, and while it waits for one: a long list is not read on. */
  cancelRequested?: () => boolean;
  /** Asked where `cancelRequested` is: a worker that stops does not read on, the next one begins anew. */
  mustLeave?: () => boolean;
  /** Bytes of outputs there is room for. Absent: as many as a step may have. */
  room?: number;
}

/** What came of running one card. */
export interface CardRun {
  startedAt: Date;
  finishedAt: Date;
  /** Converted; as they were given when they could not be. Not masked. */
  inputs: JsonObject;
  /** Every call made, masked by the client. */
  exchanges: Exchange[];
  result: { ok: true; outputs: JsonObject; exit?: string; end?: CardEnd } | { ok: false; failure: Failure };
}

export interface CardEnd {
  reason: string;
  result?: JsonObject;
  /** False where the event did not meet the card's conditions. */
  ran?: false;
}

/**
 * Runs one card, for a flow and for "test this card" alike. What the card throws is part of the answer; only
 * `beforeRun` and the flow's memory may make this reject.
 */
export async function runCard(request: CardRequest): Promise<CardRun> {
  const { ports } = request;
  const started = ports.clock.now();
  const exchanges = new ExchangeLog();
  const finish = (inputs: JsonObject, result: CardRun["result"]): CardRun => ({
    startedAt: started,
    finishedAt: ports.clock.now(),
    inputs,
    exchanges: exchanges.list(),
    result,
  });
  const prepared = await prepare(request, watchOver(request, exchanges, started), started);
  // Nothing of the card itself ran: whatever the client's sign-in did, the write was not sent.
  if (!prepared.ok)
    return finish(prepared.inputs, { ok: false, failure: { ...prepared.failure, sent: false } });
  const { context } = prepared;
  await request.beforeRun?.(context.inputs);
  try {
    return finish(context.inputs, { ok: true, ...(await act(request, context)) });
  } catch (thrown) {
    if (thrown instanceof MemoryFailure) throw thrown.cause;
    return finish(context.inputs, { ok: false, failure: failureOf(thrown, exchanges.length > 0) });
  }
}

/** What reading a lost write back found: its outputs, null where it did not happen, or why it could not be told. */
export interface ReadBack {
  result: { ok: true; outputs: JsonObject | null } | { ok: false; failure: Failure };
  exchanges: Exchange[];
}

/**
 * Asks a card that can be read back whether its lost attempt took effect. Never rejects.
 * @param attemptStarted when the lost attempt began, by this process's clock: as long ago as the store says, not what the
 * step says, which is by the clock of whichever worker began it. The card sees it as `now`: with the time of the look, a
 * user created a minute ago by this very attempt would pass for somebody else's.
 */
export async function readBackCard(
  request: Omit<CardRequest, "beforeRun" | "event">,
  attemptStarted: Date,
): Promise<ReadBack> {
  const log = new ExchangeLog();
  const watch: Watch = { observe: (exchange) => log.add(exchange), mayGoOn: () => undefined };
  const prepared = await prepare(request, watch, attemptStarted);
  if (!prepared.ok) return { result: { ok: false, failure: prepared.failure }, exchanges: log.list() };
  try {
    const { readBack, description } = request.planned.card;
    if (!readBack) throw new Error(`${description.id} does not say how it is read back.`);
    const outputs = await readBack(prepared.context);
    return { result: { ok: true, outputs }, exchanges: log.list() };
  } catch (thrown) {
    return { result: { ok: false, failure: failureOf(thrown, true) }, exchanges: log.list() };
  }
}

type Prepared =
  | { ok: true; context: RunContext<JsonObject, unknown> }
  | { ok: false; inputs: JsonObject; failure: Failure };

async function prepare(
  request: Omit<CardRequest, "beforeRun" | "event">,
  watch: Watch,
  now: Date,
): Promise<Prepared> {
  const { planned, inputs, ports } = request;
  try {
    const fields = await inputFields(planned, inputs, ports);
    const context = {
      inputs: withCleared(convertInputs(fields, inputs), clearedInputs(planned.node.inputs, fields)),
      options: planned.options,
      client: await clientOf(planned, ports, watch),
      now,
      room: request.room ?? DEFAULT_LIMITS.maxOutputBytes,
      wanted: planned.wanted,
    };
    return { ok: true, context };
  } catch (thrown) {
    return { ok: false, inputs, failure: failureOf(thrown, false) };
  }
}

/**
 * The card's input fields, with those of its connection where values are given for them: "42" mapped to a number
 * attribute of the org must be sent as a number. Flows that use none of these cost no look-up.
 */
async function inputFields(
  planned: PlannedCard,
  inputs: JsonObject,
  ports: CardRequest["ports"],
): Promise<Fields> {
  const { card, node } = planned;
  const { fields } = ports.connections;
  if (!fields || !node.connection || !givesGrown(planned.inputs, inputs)) return planned.inputs;
  const grown: GrownFields = {};
  for (const growth of growthOf(card.description, node)) {
    grown[growth.loaderId] = await fields(node.connection, growth);
  }
  return effectiveFields(card.description, node, grown).inputs;
}

/** True when a value stands in a growing object under a key the card itself does not declare. */
function givesGrown(fields: Fields, values: JsonObject): boolean {
  return Object.entries(fields).some(([key, field]) => {
    const value = Object.hasOwn(values, key) ? values[key] : undefined;
    if (!field.grows || !isJsonObject(value)) return false;
    return Object.keys(value).some((inner) => !Object.hasOwn(field.fields ?? {}, inner));
  });
}

function convertInputs(fields: Fields, inputs: JsonObject): JsonObject {
  const converted = convertFields(inputs, fields);
  if (converted.ok && isJsonObject(converted.value)) return converted.value;
  const problems = converted.ok ? [] : converted.problems;
  throw new CardError(problems.map((problem) => problem.message).join(" "), {
    kind: "input",
    code: problems[0]?.code ?? "wrong-type",
    field: problems[0]?.path,
    hint: "Look at what the mapped cards gave, or fill the field in differently.",
  });
}

async function clientOf(
  planned: PlannedCard,
  ports: CardRequest["ports"],
  { observe, mayGoOn, sending }: Watch,
): Promise<unknown> {
  const { card, node, title } = planned;
  if (!card.description.needsConnection || !card.connector) return undefined;
  if (!node.connection) {
    throw new CardError(`"${title}" has no connection.`, {
      kind: "input",
      code: "no-connection",
      hint: `Choose a ${card.connector.title} connection on the card.`,
    });
  }
  return ports.connections.client(
    card.connector.id,
    node.connection,
    observe,
    card.description.scopes,
    mayGoOn,
    sending,
  );
}

interface Acted {
  outputs: JsonObject;
  exit?: string;
  end?: CardEnd;
}

async function act(request: CardRequest, context: RunContext<JsonObject, unknown>): Promise<Acted> {
  const { card } = request.planned;
  if (card.decide) {
    const { outputs, exit, end } = card.decide(context);
    if (exit !== undefined && !card.description.exits.some(({ id }) => id === exit)) {
      throw new Error(`${card.description.id} chose the way out "${exit}", which it does not have.`);
    }
    return { outputs, exit: end ? undefined : exit, end };
  }
  if (card.readEvent) return start(request, card.readEvent, context);
  if (!card.run)
    throw new Error(`${card.description.id} is a ${card.description.kind} card and does nothing.`);
  return { outputs: await card.run(context), exit: NEXT.id };
}

/** Reads the event, and ends the flow where it does not meet the card's conditions. */
async function start(
  { planned: { card, wanted }, event, ports }: CardRequest,
  readEvent: NonNullable<Card["readEvent"]>,
  { inputs, options, client, now, room }: RunContext<JsonObject, unknown>,
): Promise<Acted> {
  const memory = ports.memory ? guarded(ports.memory) : null;
  // A card tried with its own sample is to show its outputs: invented people meet nobody's conditions.
  const match =
    event && card.matches ? await card.matches({ event, inputs, options, client, memory, now }) : true;
  const given = event ?? card.sampleEvent?.(options) ?? {};
  const found = match === true ? undefined : match.found;
  const context = { event: given, options, client, found, now, room };
  if (match === true || !("reason" in match))
    return { outputs: await readEvent({ ...context, wanted }), exit: NEXT.id };
  // What the event says is still recorded; looking more up for cards that do not run would be calls for nothing.
  const outputs = await readEvent({ ...context, wanted: () => false });
  return { outputs, end: { reason: `Did not run, because ${match.reason}`, ran: false } };
}

/** A memory that failed says nothing about the card: the run ends and is taken up again, as with a store that fails. */
class MemoryFailure extends Error {
  override name = "MemoryFailure";
}

function guarded({ count, mark, setMark }: FlowMemory): FlowMemory {
  const guard =
    <Given extends unknown[], Answer>(ask: (...given: Given) => Promise<Answer>) =>
    async (...given: Given): Promise<Answer> => {
      try {
        return await ask(...given);
      } catch (cause) {
        throw new MemoryFailure("The flow's memory failed.", { cause });
      }
    };
  return { count: guard(count), mark: guard(mark), setMark: guard(setMark) };
}
