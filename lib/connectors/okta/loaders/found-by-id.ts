import type { LiveChoice } from "../../../cards/connector.ts";
import { CardError } from "../../../cards/errors.ts";
import type { Json } from "../../../flow/json.ts";
import type { OktaClient } from "../client.ts";

/** What Okta's ids look like: no list need be asked about what is still being typed, or is a name. */
const OKTA_ID = /^[0-9A-Za-z]{20}$/;

/**
 * The thing with this id as a choice, null where the org has none.
 *
 * @param pathOf its address
 * @param choiceOf how it is offered; no choice where the answer is something else
 */
export async function foundById(
  client: OktaClient,
  id: string,
  pathOf: (id: string) => string,
  choiceOf: (thing: Json) => LiveChoice[],
): Promise<LiveChoice | null> {
  if (!OKTA_ID.test(id)) return null;
  try {
    const { body } = await client.request({ method: "GET", path: pathOf(id) });
    return choiceOf(body)[0] ?? null;
  } catch (error) {
    if (error instanceof CardError && error.details.status === 404) return null;
    throw error;
  }
}
