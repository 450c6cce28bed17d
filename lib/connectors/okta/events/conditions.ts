import type { LookUpCall } from "../../../cards/card.ts";
import type { Match, MatchContext } from "../../../cards/define.ts";
import type { Fields, InputValues, TypedFields } from "../../../cards/field.ts";
import type { Json, JsonObject } from "../../../flow/json.ts";
import type { OktaClient } from "../client.ts";

/** Inputs of an event card, and whether an event meets what they ask for. Cheap ones come before those that look up. */
export interface Conditions {
  inputs: Fields;
  matches: (context: MatchContext<JsonObject, OktaClient>) => Promise<Match> | Match;
  /** What they ask Okta for, and when. */
  lookUps: LookUpCall[];
}

/**
 * Conditions with their input types checked here and erased after, as `defineEvent` does with a whole card's.
 * @param lookUps what they ask Okta for, and when
 */
export function conditions<I extends TypedFields>(
  inputs: I,
  matches: (context: MatchContext<InputValues<I>, OktaClient>) => Promise<Match> | Match,
  lookUps: LookUpCall[] = [],
): Conditions {
  return { inputs, matches: matches as unknown as Conditions["matches"], lookUps };
}

/** Conditions of which each has to be met; the first that is not says why. */
export function allOf(...all: Conditions[]): Conditions {
  return {
    inputs: Object.assign({}, ...all.map(({ inputs }) => inputs)),
    lookUps: all.flatMap(({ lookUps }) => lookUps),
    matches: async (context) => {
      let found: JsonObject | undefined;
      for (const { matches } of all) {
        const match = await matches(context);
        if (match === true) continue;
        if (match.found) found = { ...found, ...match.found };
        if ("reason" in match) return found ? { reason: match.reason, found } : { reason: match.reason };
      }
      return found ? { found } : true;
    },
  };
}

/** A person or thing of an event as a sentence names it: "Ann Lee (ann@acme.example)". */
export function nameOf(entity: JsonObject): string {
  const [name, ...more] = [entity.displayName, entity.alternateId, entity.id].filter(
    (part): part is string => typeof part === "string" && part !== "" && part !== "unknown",
  );
  if (name === undefined) return "somebody unnamed";
  return more[0] === undefined || more[0] === name ? name : `${name} (${more[0]})`;
}

/** Whether an entity of an event is one of those named by id, login or name; upper and lower case are the same. */
export function isOneOf(entity: JsonObject, wanted: readonly string[]): boolean {
  const names = [entity.id, entity.alternateId, entity.displayName].map(folded);
  return wanted.some((one) => names.includes(folded(one)));
}

/** Texts are compared without regard to case and to space around them, as Okta's own search does. */
export function folded(value: Json | undefined): string {
  return typeof value === "string" ? value.trim().toLowerCase() : "";
}

/** The filled rows of a list input; rows left empty ask for nothing. */
export function filled(list: readonly string[] | undefined): string[] {
  return (list ?? []).map((item) => item.trim()).filter((item) => item !== "");
}

/** "Sales", "Sales or Support", "Sales, Support or Legal". */
export function anyOf(names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
