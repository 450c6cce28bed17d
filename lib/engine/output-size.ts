import type { Json, JsonObject } from "../flow/json.ts";
import { type Failure, outputsTooLarge, outputTooDeep, outputTooLarge } from "./failure.ts";
import type { EngineLimits } from "./limits.ts";
import type { FlowPlan, PlannedCard } from "./plan.ts";

/** What decides how much a card may give: the bounds of any run, those the flow sets, and what the execution holds already. */
interface Room {
  limits: EngineLimits;
  plan: Pick<FlowPlan, "settings">;
  /** Characters of JSON. */
  held: number;
}

/** Why a card's outputs are more than a step, or with `held` more than the execution, may hold; undefined where they fit. */
export function sizeFailure(
  planned: PlannedCard,
  { outputs, end }: { outputs: JsonObject; end?: { result?: JsonObject } },
  room: Room,
): Failure | undefined {
  const { limits, held } = room;
  const { maxOutputDepth, maxHeldOutputs } = limits;
  const maxOutputBytes = largestOutputs(room);
  const wrote = planned.effect === "write";
  // First: writing it as JSON overflows the stack otherwise.
  if (isDeeper(outputs, maxOutputDepth)) return outputTooDeep(planned.title, maxOutputDepth, wrote);
  const text = JSON.stringify(outputs);
  SIZES.set(outputs, text.length);
  const bytes =
    bytesOf(text, maxOutputBytes) + (end?.result ? bytesOf(JSON.stringify(end.result), maxOutputBytes) : 0);
  if (bytes > maxOutputBytes) {
    const ofFlow = maxOutputBytes < limits.maxOutputBytes;
    return outputTooLarge(planned.title, { bytes, limit: maxOutputBytes, ofFlow }, wrote);
  }
  if (held + text.length > maxHeldOutputs) return outputsTooLarge(planned.title, maxHeldOutputs, wrote);
  return undefined;
}

/**
 * Bytes of JSON the outputs of the next card may come to. Where the execution has come near to all it may hold, a little less
 * than that where texts are not plain letters: it is counted in characters, of which each is a byte or more.
 */
export function roomFor(room: Room): number {
  return Math.max(0, Math.min(largestOutputs(room), room.limits.maxHeldOutputs - room.held));
}

/** Bytes of JSON one step of the flow may give. */
function largestOutputs({ limits, plan }: Room): number {
  const { largestOutputs: ofFlow } = plan.settings;
  return ofFlow === undefined ? limits.maxOutputBytes : Math.min(ofFlow * 1000, limits.maxOutputBytes);
}

/** Sizes of outputs that were checked: writing them as JSON once more would double the cost of the check. */
const SIZES = new WeakMap<JsonObject, number>();

/** Characters of a step's outputs as JSON. */
export function sizeOf(outputs: JsonObject): number {
  const size = SIZES.get(outputs) ?? JSON.stringify(outputs).length;
  SIZES.set(outputs, size);
  return size;
}

/** Size in UTF-8; an upper bound where that is surely within the limit. */
function bytesOf(text: string, limit: number): number {
  // Three bytes are the most a UTF-16 unit takes. Counting exactly would copy every output of every card.
  return text.length * 6 <= limit ? text.length * 3 : new TextEncoder().encode(text).length;
}

function isDeeper(value: Json, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}
