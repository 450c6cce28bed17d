import { CardError } from "../../cards/errors.ts";
import { isJsonObject, type JsonObject } from "../../flow/json.ts";
import type { OktaClient } from "./client.ts";
import { path } from "./path.ts";

/**
 * How much earlier than the attempt a change may be by Okta's clock and still count as the attempt's own. Okta cuts its
 * times to whole seconds, and two clocks kept by NTP rarely differ by more than a second or two.
 */
export const CLOCK_ALLOWANCE_MS = 5000;

/** True where a time of Okta lies at or after the start of the attempt, within the allowance. */
export function sinceAttempt(time: unknown, attemptStart: Date): boolean {
  if (typeof time !== "string") return false;
  return Date.parse(time) >= attemptStart.getTime() - CLOCK_ALLOWANCE_MS;
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
