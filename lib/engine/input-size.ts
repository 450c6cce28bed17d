import { type Lookup, resolveInputs } from "../cards/resolve-inputs.ts";
import { visibleInputs } from "../cards/visible-inputs.ts";
import type { JsonObject } from "../flow/json.ts";
import type { Value } from "../flow/value.ts";
import { type Failure, inputsTooLarge, inputTooLarge } from "./failure.ts";
import type { Journal } from "./journal.ts";
import type { EngineLimits } from "./limits.ts";
import { sizeOf } from "./output-size.ts";
import type { PlannedCard } from "./plan.ts";

/** A card's inputs, resolved. */
export interface Given {
  inputs: JsonObject;
  /** Their characters of JSON, about: 0 where they are too few to be counted. */
  size: number;
}

/** What has come so far of the execution the card is in. */
interface Run {
  lookup: Lookup;
  outputs: ReadonlyMap<string, JsonObject>;
  journal: Journal;
  limits: EngineLimits;
  /** Characters of JSON in the inputs of all attempts, but for small ones. */
  given: number;
}

/** As many steps as an execution may have, each with less than this, are within what it may be given in all. */
const UNCOUNTED = 10_000;

/**
 * Resolves a card's inputs and counts them on the way: 62 references to one output of 9 MB are more than a text can hold.
 * From where they are more than a step may have, references find nothing; see `givenFailure`.
 *
 * How large the outputs are that it refers to is known. Where that is little, as it nearly always is, nothing is counted.
 */
export function give(planned: PlannedCard, { lookup, outputs, journal, limits }: Run): Given {
  // What an option hides stays in the document; it is neither sent nor (a password, say) stored.
  const visible = visibleInputs(planned.node.inputs, planned.card.description.inputs, planned.inputs);
  if (isSmall(planned, outputs)) return { inputs: resolveInputs(visible, lookup), size: 0 };
  // Inputs of an attempt that is to be settled were recorded: looking for it with less would find something else.
  const status = journal.latest(planned.id)?.status;
  const most = status === "running" || status === "unknown" ? Number.POSITIVE_INFINITY : limits.maxInput;
  let size = makingsOf(planned).written;
  const counting: Lookup = (ref) => {
    const value = size > most ? undefined : lookup(ref);
    if (value !== undefined) size += JSON.stringify(value).length;
    return value;
  };
  return { inputs: resolveInputs(visible, counting), size };
}

/** Characters of JSON that earlier attempts at a card were given. */
export function givenBefore(planned: PlannedCard, { outputs, journal }: Run): number {
  const attempts = journal.attempts(planned.id);
  if (attempts.length === 0 || isSmall(planned, outputs)) return 0;
  return attempts.reduce((sum, { inputs }) => sum + (inputs ? JSON.stringify(inputs).length : 0), 0);
}

/** Why a card's inputs are more than a step, or with those before than the execution, may be given. */
export function givenFailure(
  { title }: PlannedCard,
  { size }: Given,
  { given, limits: { maxInput, maxInputs } }: Run,
): Failure | undefined {
  if (size > maxInput) return inputTooLarge(title, maxInput);
  return given + size > maxInputs ? inputsTooLarge(title, maxInputs) : undefined;
}

/** Whether inputs are surely small: as if each reference gave all outputs of its card, in a text with every quote escaped. */
function isSmall(planned: PlannedCard, outputs: ReadonlyMap<string, JsonObject>): boolean {
  const { written, cards } = makingsOf(planned);
  let most = written;
  for (const id of cards) {
    const found = outputs.get(id);
    if (found) most += 2 * sizeOf(found);
  }
  return most < UNCOUNTED;
}

/** What a card's inputs are made of: characters as they stand in the flow, and the card of each reference. */
interface Makings {
  written: number;
  cards: readonly string[];
}

/** Once per plan. */
const MAKINGS = new WeakMap<PlannedCard, Makings>();

function makingsOf(planned: PlannedCard): Makings {
  const known = MAKINGS.get(planned);
  if (known) return known;
  const { inputs = {} } = planned.node;
  const made = { written: JSON.stringify(inputs).length, cards: Object.values(inputs).flatMap(cardsIn) };
  MAKINGS.set(planned, made);
  return made;
}

function cardsIn(value: Value): string[] {
  if ("value" in value) return [];
  if ("ref" in value) return [value.ref[0]];
  if ("text" in value) return value.text.flatMap((part) => (typeof part === "string" ? [] : [part.ref[0]]));
  return ("list" in value ? value.list : Object.values(value.object)).flatMap(cardsIn);
}
