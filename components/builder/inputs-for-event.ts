import { testCard } from "#lib/api/catalog.ts";
import { call } from "#lib/api/client.ts";
import { lookupIn, resolveInputs } from "#lib/cards/resolve-inputs.ts";
import type { CardNode } from "#lib/flow/document.ts";
import type { JsonObject } from "#lib/flow/json.ts";

/**
 * The inputs a card would get for an event: what it takes from the event card has its value, what it takes from cards in
 * between has none, for they did not run.
 *
 * @param eventCard the flow's event card, which reads the event as in a live flow
 * @throws ApiError when the event can't be read; Error with the card's own words when reading it failed
 */
export async function inputsForEvent(
  node: CardNode,
  eventCard: { id: string; node: CardNode },
  event: JsonObject,
): Promise<JsonObject> {
  const { outputs, error } = await call(testCard, {
    params: { cardId: eventCard.node.card },
    body: { connection: eventCard.node.connection, options: eventCard.node.options ?? {}, event },
  });
  if (!outputs) throw new Error(error?.message ?? "The event could not be read.");
  return resolveInputs(node.inputs, lookupIn(new Map([[eventCard.id, outputs]])));
}
