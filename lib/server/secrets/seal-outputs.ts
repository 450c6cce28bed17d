import { maskSecrets } from "#lib/cards/mask.ts";
import type { HiddenNames } from "#lib/cards/secret-keys.ts";
import { echoesIn } from "#lib/engine/conceal.ts";
import type { PlannedCard } from "#lib/engine/plan.ts";
import type { SecretWays } from "#lib/engine/secret-ways.ts";
import { isJsonObject, type Json, type JsonObject } from "#lib/flow/json.ts";
import { openJson, readSealed, SEALED, sealJson } from "./sealed-json.ts";

/*
 * Outputs of a step are history and checkpoint at once. People are shown them with marks in place of secrets; whoever takes
 * the execution up needs the secrets. So the row has both: the outputs with marks, and under one more key, sealed, what
 * stood in their places. That key stands beside outputs of the card's own naming, never inside what a system answered, so
 * that no answer can pass for something sealed.
 */

type Place = [path: string[], value: Json];

/**
 * Outputs of a step as they are stored. Those without anything secret in them are given back as they are.
 *
 * @param ways of the card, see `secretWays`; where they say that its outputs hold nothing secret, and the
 *   attempt was given nothing secret, nobody looks into them
 */
export function sealOutputs(
  outputs: JsonObject,
  planned: Pick<PlannedCard, "id" | "outputs">,
  { ways, hidden, executionId }: { ways: SecretWays; hidden: HiddenNames; executionId: string },
): JsonObject {
  const texts = echoesIn(outputs);
  if (!ways.inOutputs && !texts) return outputs;
  const places: Place[] = [];
  const { whole, keyed } = ways.outputs;
  const taken = (path: string[], value: Json) => places.push([path, value]);
  const masked = maskSecrets(outputs, planned.outputs, { hidden, whole, keyed, texts, taken });
  if (places.length === 0) return outputs;
  return { ...masked, [SEALED]: sealJson(places, placeOf(executionId, planned.id)) };
}

/**
 * Outputs of a step with their secrets in their places again. Those that were stored before secrets were sealed have
 * them there already.
 *
 * @throws SecretUnreadableError when FLOWDECK_SECRET_KEY is another one now, or the row is another execution's
 */
export function openOutputs(
  outputs: JsonObject,
  { executionId, path }: { executionId: string; path: string },
): JsonObject {
  const sealed = readSealed(outputs[SEALED]);
  if (!sealed) return outputs;
  const opened: JsonObject = structuredClone(shownOutputs(outputs));
  const places = openJson(sealed, placeOf(executionId, path));
  if (!Array.isArray(places)) return opened;
  for (const place of places) {
    if (isPlace(place)) put(opened, place);
  }
  return opened;
}

/** Stored outputs as they are shown: without what is sealed, which is of use to nobody who looks. */
export function shownOutputs(outputs: JsonObject): JsonObject {
  const { [SEALED]: _, ...shown } = outputs;
  return shown;
}

function put(root: JsonObject, [path, value]: Place): void {
  const key = path.at(-1);
  let parent: Json | undefined = root;
  for (const step of path.slice(0, -1)) parent = childOf(parent, step);
  if (key === undefined) return;
  if (Array.isArray(parent)) parent[Number(key)] = value;
  // Defined and not assigned: a key "__proto__" would replace the prototype.
  else if (isJsonObject(parent)) {
    Object.defineProperty(parent, key, { value, configurable: true, enumerable: true, writable: true });
  }
}

function childOf(parent: Json | undefined, key: string): Json | undefined {
  if (Array.isArray(parent)) return parent[Number(key)];
  return isJsonObject(parent) && Object.hasOwn(parent, key) ? parent[key] : undefined;
}

function isPlace(place: Json): place is Place {
  return (
    Array.isArray(place) &&
    place.length === 2 &&
    Array.isArray(place[0]) &&
    place[0].every((key) => typeof key === "string")
  );
}

function placeOf(executionId: string, path: string): string {
  return `executions:${executionId}/${path}`;
}
