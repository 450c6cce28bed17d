import { CardError } from "../../cards/errors.ts";
import { isJsonObject, type JsonObject } from "../../flow/json.ts";
import type { OktaClient } from "./client.ts";
import { path } from "./path.ts";

/**
 * True where a time of Okta lies at or after the start of the attempt, false where it lies before. Both are compared by
 * the org's clock, as the answer that brought the time tells it; so ask only after an answer, and only where everything
 * else fits: it throws rather than guess.
 *
 * A change of up to a second or two before the attempt passes for its own: Okta's `Date` and most of its times are cut to
 * whole seconds, and the attempt's own change mostly falls into the second in which it began.
 * @throws CardError outcome-ambiguous where the time is a little older than the attempt can have made it, or the org does
 *   not tell its time
 */
export function sinceAttempt(client: OktaClient, time: unknown, attemptStart: Date): boolean {
  if (typeof time !== "string") return false;
  const changed = Date.parse(time);
  const began = client.orgTime?.(attemptStart);
  if (began === undefined)
    throw unclear("Okta's answer does not tell the time there, by which it could be found out.");
  const { earliest, doubtMs } = began;
  if (changed >= asPreciseAs(changed, earliest)) return true;
  if (changed >= asPreciseAs(changed, earliest - doubtMs))
    throw unclear("Clocks are not exact enough to tell.");
  return false;
}

/** A moment as Okta would write it where it wrote the other one in whole seconds. */
function asPreciseAs(time: number, moment: number): number {
  return time % 1000 === 0 ? Math.floor(moment / 1000) * 1000 : moment;
}

function unclear(why: string): CardError {
  return new CardError(
    `What the card was to do is done, but perhaps by somebody else shortly before. ${why}`,
    {
      kind: "refused",
      code: "outcome-ambiguous",
      hint: "See in Okta's System Log who did it. If it was this connection's user or app, go on after the card.",
    },
  );
}

/** The user as Okta has it now, null where there is none. */
export function lookUpUser(client: OktaClient, user: string): Promise<JsonObject | null> {
  return lookUp(client, path`/api/v1/users/${{ user }}`);
}

/** What a GET of the path answers, null where there is nothing (404). */
export async function lookUp(client: OktaClient, path: string): Promise<JsonObject | null> {
  try {
    const { body } = await client.request({ method: "GET", path });
    return isJsonObject(body) ? body : null;
  } catch (error) {
    if (error instanceof CardError && error.details.status === 404) return null;
    throw error;
  }
}
