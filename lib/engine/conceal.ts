import { maskSecrets } from "../cards/mask.ts";
import { literalPattern, MASK, maskNamed, namesAny } from "../cards/mask-text.ts";
import type { Lookup } from "../cards/resolve-inputs.ts";
import { type HiddenNames, NOTHING_HIDDEN } from "../cards/secret-keys.ts";
import type { Json, JsonObject } from "../flow/json.ts";
import type { Exchange, PlannedChange, StepError } from "./execution.ts";
import type { FlowPlan, PlannedCard } from "./plan.ts";
import type { CardRun } from "./run-card.ts";
import { NO_WAYS, type SecretWays, secretWays } from "./secret-ways.ts";

/** What is stored of an attempt, without what is secret among its inputs. */
export interface Concealed {
  /** The inputs, masked. */
  inputs: JsonObject;
  exchange: (exchange: Exchange) => Exchange;
  error: (error: StepError) => StepError;
  /** Why the flow ends here, in words; `condition` where a condition of the event card was not met. */
  reason: (reason: string, condition: boolean) => string;
  /** Remembers for `echoesIn` that these came of the inputs. */
  echoed: (outputs: JsonObject) => void;
  /** Values the card made of its inputs under the same names: the result of Return. */
  values: (values: JsonObject) => JsonObject;
}

/** Shorter values are too likely to stand in a text for something else: "1", "US", "true". */
const SHORTEST = 4;
/** Characters of the longest value, as JSON, that a message quotes whole; of a longer one it has three less and the quote. */
const QUOTED = 60;
/** Of a list of thousands; more would make an expression no text could be looked through with. */
const MOST = 500;

/**
 * Masks the inputs of an attempt, and finds the same values again wherever they came along with it: in its calls, under
 * another key or in an address, and in the words of an error, since systems repeat what they refuse.
 *
 * @param inputs as the card was given them
 * @param about.hidden attributes that are masked too
 * @param about.lookup finds what the inputs are mapped to
 */
export function conceal(
  planned: Pick<PlannedCard, "inputs">,
  inputs: JsonObject,
  { whole, refs, keyed }: Pick<SecretWays, "whole" | "refs" | "keyed"> = NO_WAYS,
  { hidden = NOTHING_HIDDEN, lookup }: { hidden?: HiddenNames; lookup?: Lookup } = {},
): Concealed {
  const values = new Set<string>();
  // In a text of several parts it stands in the middle.
  for (const ref of refs) gather(lookup?.(ref) ?? null, values);
  const taken = (_: string[], value: Json) => gather(value, values);
  const masked = maskSecrets(inputs, planned.inputs, { hidden, whole, keyed, taken });
  const maskAgain = (again: JsonObject) => maskSecrets(again, planned.inputs, { hidden, whole, keyed });
  if (values.size === 0 && hidden.size === 0) return { ...OPEN, inputs: masked, values: maskAgain };
  const longer = [...values].filter((value) => value.length >= SHORTEST);
  const text = masking(longer, hidden);
  return {
    inputs: masked,
    values: maskAgain,
    // A sentence of the card's own about these very values: here the short ones are meant too.
    reason: (reason, condition) =>
      condition && namesAny(reason, hidden) ? CONDITION_HIDDEN : masking([...values], hidden)(reason),
    echoed: (outputs) => {
      if (longer.length > 0) ECHOES.set(outputs, text);
    },
    exchange: (exchange) => concealedExchange(exchange, text, hidden),
    error: (error) => concealedError(error, text),
  };
}

const OPEN: Omit<Concealed, "inputs" | "values"> = {
  exchange: (exchange) => exchange,
  error: (error) => error,
  reason: (reason) => reason,
  echoed: () => undefined,
};

/** Outputs of attempts that were given something secret, which a system may have repeated in its answer. */
const ECHOES = new WeakMap<JsonObject, (text: string) => string>();

/** For outputs as the engine recorded them: masks in a text what the card was given of secrets. Undefined where it was none. */
export function echoesIn(outputs: JsonObject): ((text: string) => string) | undefined {
  return ECHOES.get(outputs);
}

/** A condition on an attribute says in its reason what the attribute is. */
const CONDITION_HIDDEN = "Did not run, because a condition on a hidden attribute was not met.";

/** Conceals attempts at the cards of a flow, each with its real inputs. */
export type Concealing = (planned: PlannedCard) => (inputs: JsonObject) => Concealed;

/** See `conceal`; what the cards of a plan are mapped to is found once. */
export function concealing(
  plan: FlowPlan,
  { hidden, lookup }: { hidden: HiddenNames | undefined; lookup: Lookup },
): Concealing {
  const ways = secretWays(plan, hidden);
  return (planned) => (inputs) => conceal(planned, inputs, ways.get(planned.id), { hidden, lookup });
}

/** A run without the secrets of its inputs, but for its outputs: cards behind need those as they are. */
export function concealedRun(run: CardRun, concealed: Concealed): CardRun {
  const { exchange, error, values } = concealed;
  const exchanges = run.exchanges.map(exchange);
  const { result } = run;
  if (!result.ok) {
    const { failure } = result;
    return { ...run, exchanges, result: { ok: false, failure: { ...failure, error: error(failure.error) } } };
  }
  concealed.echoed(result.outputs);
  if (!result.end) return { ...run, exchanges };
  const { reason, result: given, ...end } = result.end;
  const told = {
    ...end,
    reason: concealed.reason(reason, end.ran === false),
    ...(given ? { result: values(given) } : {}),
  };
  return { ...run, exchanges, result: { ...result, end: told } };
}

function gather(value: Json, values: Set<string>): void {
  if (typeof value === "string" || typeof value === "number") {
    const text = String(value);
    if (text === "" || values.size >= MOST) return;
    values.add(text);
    // A refused value is quoted with its beginning, see convert.ts.
    const quoted = JSON.stringify(text);
    if (quoted.length > QUOTED) values.add(quoted.slice(1, QUOTED - 3));
  } else if (typeof value === "object" && value !== null) {
    for (const inner of Object.values(value)) gather(inner, values);
  }
}

/** Whole words only: a department "Sales" is not looked for in "Salesforce". */
function masking(values: readonly string[], hidden: HiddenNames): (text: string) => string {
  if (values.length === 0) return (text) => maskNamed(text, hidden);
  const longestFirst = [...new Set(values.flatMap(formsOf))].toSorted((a, b) => b.length - a.length);
  const any = longestFirst.map(literalPattern).join("|");
  const found = new RegExp(`${BEFORE}(?:${any})(?![\\p{L}\\p{N}_])`, "gu");
  return (text) => maskNamed(text.replace(found, MASK), hidden);
}

/** No letter or digit, unless it is the end of what something else is escaped as: `%22`, `\\n`. */
const BEFORE = String.raw`(?:(?<![\p{L}\p{N}_])|(?<=%[0-9A-Fa-f]{2})|(?<=\\[nrtbf]))`;

/** As it stands in a text, in JSON, in JSON within JSON, and in an address. */
function formsOf(value: string): string[] {
  const inJson = JSON.stringify(value).slice(1, -1);
  const inAddress = new URLSearchParams({ "": value }).toString().slice(1);
  return [
    value,
    inJson,
    JSON.stringify(inJson).slice(1, -1),
    encodeURIComponent(value.toWellFormed()),
    inAddress,
  ];
}

function concealedExchange(
  exchange: Exchange,
  text: (given: string) => string,
  hidden: HiddenNames,
): Exchange {
  const { path, requestBody, responseBody, held } = exchange;
  return {
    ...exchange,
    path: text(path),
    ...(requestBody === undefined ? {} : { requestBody: text(requestBody) }),
    ...(responseBody === undefined ? {} : { responseBody: text(responseBody) }),
    ...(held === undefined
      ? {}
      : { held: { changes: held.changes.map((change) => inTexts(withoutHidden(change, hidden), text)) } }),
  };
}

/** That a hidden attribute would change may be seen, and whether there is a value; not which. */
function withoutHidden(change: PlannedChange, hidden: HiddenNames): PlannedChange {
  const { field, before, after } = change;
  if (!field.some((key) => hidden.has(key))) return change;
  const mark = (value: Json | undefined) => (value === undefined || value === null ? value : MASK);
  return { field, before: mark(before), after: mark(after) };
}

function concealedError(error: StepError, text: (given: string) => string): StepError {
  const { message, hint, data } = error;
  return {
    ...error,
    message: text(message),
    ...(hint === undefined ? {} : { hint: text(hint) }),
    ...(data === undefined ? {} : { data: { ...inTexts(data, text), ...pick(data, "connection") } }),
  };
}

/** Which connection is waited for is asked by its alias, whatever else is called so. */
function pick(data: JsonObject, key: string): JsonObject {
  const value = data[key];
  return value === undefined ? {} : { [key]: value };
}

function inTexts<T>(value: T, text: (given: string) => string): T {
  return JSON.parse(JSON.stringify(value), (_, inner: unknown) =>
    typeof inner === "string" ? text(inner) : inner,
  );
}
