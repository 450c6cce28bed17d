import type { Fields } from "../cards/field.ts";
import { hasSecret } from "../cards/mask.ts";
import { type HiddenNames, isSecretKey, NOTHING_HIDDEN } from "../cards/secret-keys.ts";
import type { Ref, Value } from "../flow/value.ts";
import type { FlowPlan, PlannedCard } from "./plan.ts";

/** Where a card of a plan has to do with secrets, as far as the flow tells without running. */
export interface SecretWays {
  /** Inputs that are mapped to something secret, or to a text or list with something secret in it. */
  whole: readonly string[][];
  /** The secrets in them: what is looked for again wherever it came along with them. */
  refs: readonly Ref[];
  /** Inputs that are mapped to an answer in which keys may hold secrets. */
  keyed: readonly string[][];
  /** Outputs that are made of such inputs: all of a function's, since nobody knows which input went where. */
  outputs: { whole: readonly string[][]; keyed: readonly string[][] };
  /** Whether its outputs may hold anything secret at all. Where they may not, nobody looks into them. */
  inOutputs: boolean;
}

/** How secret what a reference leads to is. */
type Level = "open" | "keyed" | "whole";

/** Ways of a card that has to do with nothing secret. */
export const NO_WAYS: SecretWays = {
  whole: [],
  refs: [],
  keyed: [],
  outputs: { whole: [], keyed: [] },
  inOutputs: false,
};

const known = new WeakMap<FlowPlan, { hidden: HiddenNames; ways: ReadonlyMap<string, SecretWays> }>();

/**
 * For each card of a plan where secrets come in and go out, by card id. Found once per plan: a flow without secrets must
 * cost nothing more when it runs. Functions pass on what they are given, in whatever shape; what an action does with a
 * value in the org is the org's.
 *
 * @param hidden attributes its orgs' admins have marked; the same object while they are the same
 */
export function secretWays(
  plan: FlowPlan,
  hidden: HiddenNames = NOTHING_HIDDEN,
): ReadonlyMap<string, SecretWays> {
  const found = known.get(plan);
  if (found?.hidden === hidden) return found.ways;
  const ways = new Map<string, SecretWays>();
  const cards = new Map(plan.order.map((planned) => [planned.id, planned]));
  const levelOf = (ref: Ref) => levelAt(ref, cards, ways, hidden);
  for (const planned of plan.order) ways.set(planned.id, waysOf(planned, levelOf, hidden));
  known.set(plan, { hidden, ways });
  return ways;
}

function waysOf(planned: PlannedCard, levelOf: (ref: Ref) => Level, hidden: HiddenNames): SecretWays {
  const found: Found = { whole: [], refs: [], keyed: [] };
  for (const [key, value] of Object.entries(planned.node.inputs ?? {})) gather(value, [key], levelOf, found);
  const { whole, refs, keyed } = found;
  const outputs = outputWays(planned, { whole, keyed });
  const inOutputs =
    hidden.size > 0 || outputs.whole.length > 0 || outputs.keyed.length > 0 || hasSecret(planned.outputs);
  if (!inOutputs && whole.length === 0 && keyed.length === 0) return NO_WAYS;
  return { whole, refs, keyed, outputs, inOutputs };
}

interface Found {
  whole: string[][];
  refs: Ref[];
  keyed: string[][];
}

function gather(value: Value, at: string[], levelOf: (ref: Ref) => Level, found: Found): void {
  if ("object" in value) {
    for (const [key, inner] of Object.entries(value.object)) gather(inner, [...at, key], levelOf, found);
    return;
  }
  const refs = refsIn(value);
  const secret = refs.filter((ref) => levelOf(ref) === "whole");
  found.refs.push(...secret);
  if (secret.length > 0) found.whole.push(at);
  else if (refs.some((ref) => levelOf(ref) === "keyed")) found.keyed.push(at);
}

function refsIn(value: Value): Ref[] {
  if ("ref" in value) return [value.ref];
  if ("text" in value) return value.text.flatMap((part) => (typeof part === "string" ? [] : [part.ref]));
  if ("list" in value) return value.list.flatMap(refsIn);
  return "object" in value ? Object.values(value.object).flatMap(refsIn) : [];
}

function outputWays(
  { card: { description }, outputs }: PlannedCard,
  { whole, keyed }: { whole: string[][]; keyed: string[][] },
): SecretWays["outputs"] {
  if (description.kind === "action" || description.kind === "event") return { whole: [], keyed: [] };
  // Own fields that are input and output at once are passed through under their names.
  if (description.ownFields?.into === "both") return { whole, keyed };
  const all = Object.keys(outputs).map((key) => [key]);
  return { whole: whole.length > 0 ? all : [], keyed: whole.length === 0 && keyed.length > 0 ? all : [] };
}

function levelAt(
  [card, ...path]: Ref,
  cards: ReadonlyMap<string, PlannedCard>,
  ways: ReadonlyMap<string, SecretWays>,
  hidden: HiddenNames,
): Level {
  const planned = cards.get(card);
  // A card that comes later in the plan has given nothing.
  const { outputs } = ways.get(card) ?? NO_WAYS;
  if (!planned) return "open";
  if (path.some((key) => hidden.has(key)) || outputs.whole.some((way) => meet(way, path))) return "whole";
  const declared = declaredLevel(planned.outputs, path);
  return declared === "open" && outputs.keyed.some((way) => meet(way, path)) ? keyedLevel(path) : declared;
}

/** Whether one of two ways leads on from the other. */
function meet(way: readonly string[], path: readonly string[]): boolean {
  return way.every((key, index) => index >= path.length || key === path[index]);
}

function declaredLevel(fields: Fields, path: readonly string[]): Level {
  const [key, ...rest] = path;
  if (key === undefined) return hasSecret(fields) ? "whole" : "open";
  const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
  if (!field) return "open";
  if (field.secret) return "whole";
  if (field.secretKeys) return keyedLevel(rest);
  const inner = field.list && /^\d+$/.test(rest[0] ?? "") ? rest.slice(1) : rest;
  return field.fields ? declaredLevel(field.fields, inner) : "open";
}

function keyedLevel(path: readonly string[]): Level {
  return path.some(isSecretKey) ? "whole" : "keyed";
}
