import { isJsonObject, type Json, type JsonObject } from "../flow/json.ts";
import { isKnownLater, knownOnlyAfter } from "./known-later.ts";
import type { PlannedCard } from "./plan.ts";

/** Outputs that name one real thing or person; a sample's would name another one. */
const IDENTIFIES = /^(?:id|uid|login|email)$|(?:Id|Uid|Login|Email)$/;

/**
 * Outputs of a card in a plan whose call was not sent. The card's sample gives only their shape and what says nothing about
 * anybody (status codes, yes and no): with its texts, Update User on one person gave the id of the sample's Ann Lee, and
 * later cards planned on her.
 *
 * What names something is, in this order: what the card made of the resource as it would be after the write; the input the
 * sample takes it from; a sentence that it is known only after this card. Every other output is what the card made of it, or
 * empty.
 *
 * @param inputs as the card was given them
 * @param made the card's outputs from the made-up answer; undefined where it could make nothing of that
 */
export function standInOutputs(
  { card, title, outputs, effect }: Pick<PlannedCard, "card" | "title" | "outputs" | "effect">,
  inputs: JsonObject,
  made: JsonObject = {},
): JsonObject {
  const { sample } = card.description;
  const given = new Map(pairs(sample.inputs, inputs));
  // What is read by an unknown id is unknown for the same reason.
  const later = (effect === "write" ? undefined : unknownIn(inputs)) ?? knownOnlyAfter(title);
  const named = (key: string, like: Json | undefined): Json =>
    IDENTIFIES.test(key) && typeof like === "string" ? (given.get(like) ?? later) : null;

  const inside = (like: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(like).flatMap(([key, value]): [string, Json][] => {
        if (isJsonObject(value)) return [[key, inside(value)]];
        const name = named(key, value);
        return name === null ? [] : [[key, name]];
      }),
    );

  return Object.fromEntries(
    Object.entries(sample.outputs).map(([key, like]): [string, Json] => {
      if (typeof like === "number" || typeof like === "boolean") return [key, like];
      const own = made[key];
      // The raw answer was never given, and what was made up for it is not it.
      if (like === null && outputs[key]?.type === "any") return [key, null];
      if (isJsonObject(own) && isJsonObject(like)) {
        const id: JsonObject = "id" in like && own.id === undefined ? { id: named("id", like.id) } : {};
        return [key, { ...own, ...id }];
      }
      if (own !== undefined && own !== null) return [key, own];
      if (Array.isArray(like)) return [key, []];
      return [key, isJsonObject(like) ? inside(like) : named(key, like)];
    }),
  );
}

/** Texts of the sample's inputs with what stands in their place. */
function pairs(sample: Json | undefined, real: Json | undefined): [string, string][] {
  if (typeof sample === "string") return typeof real === "string" && real !== "" ? [[sample, real]] : [];
  if (!isJsonObject(sample) || !isJsonObject(real)) return [];
  return Object.entries(sample).flatMap(([key, value]) => pairs(value, real[key]));
}

/** The first text in these inputs that is such a sentence as a whole. */
function unknownIn(value: Json | undefined): string | undefined {
  if (typeof value === "string") return /^\(.*\)$/.test(value) && isKnownLater(value) ? value : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  for (const inner of Object.values(value)) {
    const found = unknownIn(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}
