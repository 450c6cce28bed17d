import { CardError } from "#lib/cards/errors.ts";
import type { OktaRequest, OktaResponse } from "#lib/connectors/okta/client.ts";
import { isJsonObject, type JsonObject } from "#lib/flow/json.ts";

/** `/api/v1/users/{id}/lifecycle/suspend` is about `/api/v1/users/{id}`. */
export const ACTION = /\/(?:lifecycle|credentials)\/.*$/;

/**
 * The resource a write is about, as it is; undefined where it can't be read: a list it would be added to, something that
 * has no address of its own, or something that is not there.
 *
 * @throws CardError about the connection (rate limit, sign-in): the plan waits for it as a run would
 */
export function resourceNow(
  call: OktaRequest,
  read: (call: { path: string; refusals: "give" }) => Promise<OktaResponse>,
): Promise<JsonObject | undefined> {
  const path = call.path.replace(/\?.*$/, "").replace(ACTION, "");
  const parts = path.replace(/^\/api\/v1\//, "").split("/");
  // `/groups/rules/{id}` counts like a list; what is switched on or off is no list.
  const addsToList = call.method === "POST" && parts.length % 2 === 1 && !ACTION.test(call.path);
  if (addsToList) return Promise.resolve(undefined);
  return whereReadable(async () => {
    const { status, body } = await read({ path, refusals: "give" });
    return status === 200 && isJsonObject(body) ? body : undefined;
  });
}

/** What a look finds; undefined where Okta refuses it. Throws on what is about the connection. */
export async function whereReadable<T>(look: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    const kind = error instanceof CardError ? error.details.kind : undefined;
    if (kind === "rateLimited" || kind === "unauthorized" || !(error instanceof CardError)) throw error;
    return undefined;
  }
}
