import type { Card, RunContext } from "#lib/cards/define.ts";
import { CardError } from "#lib/cards/errors.ts";
import type { OktaClient, OktaRequest } from "#lib/connectors/okta/client.ts";
import type { JsonObject } from "#lib/flow/json.ts";

/** The call a card would make, or why it would fail before making one. */
export type DryCall = { call: OktaRequest } | { refused: string } | Record<string, never>;

/** Ends a card at the call it must not make. No `CardError`: cards handle those. */
class WouldCall extends Error {
  override name = "WouldCall";
}

/**
 * Runs a card up to the first call that would change something, which is noted and not made. Calls that read are made where
 * the card reads before it writes; a card that only reads makes none.
 *
 * @param context as the executor would give it, `client` being the real one
 */
export async function dryCall(
  card: Card,
  context: Pick<RunContext<JsonObject, OktaClient>, "client" | "inputs" | "options"> & {
    effect: "none" | "read" | "write";
  },
): Promise<DryCall> {
  const { client, effect, inputs, options } = context;
  let noted: OktaRequest | undefined;
  const stopAt = (request: OktaRequest): never => {
    noted ??= request;
    throw new WouldCall();
  };
  const watched: OktaClient = {
    request: async (request) =>
      effect === "write" && request.method === "GET" ? client.request(request) : stopAt(request),
    pages: (request) => (effect === "write" ? client.pages(request) : stopAt({ ...request, method: "GET" })),
  };
  try {
    await card.run?.({ inputs, options, client: watched, now: new Date(), room: 0, wanted: () => false });
  } catch (error) {
    if (noted) return { call: noted };
    if (error instanceof CardError) return { refused: error.message };
    throw error;
  }
  return noted ? { call: noted } : {};
}
