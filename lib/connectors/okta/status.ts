import { CardError } from "../../cards/errors.ts";
import { field } from "../../cards/field.ts";
import type { OktaClient, OktaRequest } from "./client.ts";

/** Okta's code for something that is not there, whatever the kind of thing. */
const NOT_FOUND = "E0000007";

/**
 * The status Okta answers a card's call with, as an output.
 * @param success the status of a call that was carried out
 * @param missing what a 404 means, on cards that give it as an output instead of failing
 */
export function statusOutput({ label = "Status Code", group = "Response", success = 204, missing = "" }) {
  const help = `${success} when Okta has ${success === 202 ? "accepted it" : "carried it out"}${missing ? `; 404 when ${missing}` : ""}.`;
  return field.number({ label, group, help });
}

/** The status of a call. */
export async function statusOf(client: OktaClient, call: OktaRequest): Promise<number> {
  return (await client.request(call)).status;
}

/**
 * The status of a call on a card that gives 404 as an output: what should be gone or left was never there, and the flow
 * decides what that means. Any other refusal is thrown, a 404 about the address itself too.
 */
export async function statusOrNotFound(client: OktaClient, call: OktaRequest): Promise<number> {
  try {
    return await statusOf(client, call);
  } catch (error) {
    if (error instanceof CardError && error.details.status === 404 && error.details.code === NOT_FOUND)
      return 404;
    throw error;
  }
}
