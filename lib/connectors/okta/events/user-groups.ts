import { CardError } from "../../../cards/errors.ts";
import { field } from "../../../cards/field.ts";
import type { JsonObject } from "../../../flow/json.ts";
import type { OktaClient } from "../client.ts";
import { gather } from "../collect.ts";
import { groupSource } from "../group-fields.ts";
import { path } from "../path.ts";
import { SAMPLE_OKTA_GROUP } from "../samples.ts";
import type { LookUp } from "./event-facts.ts";
import { firstTarget } from "./okta-event.ts";

const fields = {
  id: field.text({ label: "ID" }),
  name: field.text({ label: "Name" }),
  description: field.text({ label: "Description" }),
};

/**
 * The groups of the user an event is about, as they are when the flow runs: all of them, or the card fails. A list cut off
 * at a thousand was taken for the whole of it. Needs okta.users.read.
 */
export const userGroups: LookUp = {
  field: field.objectList({
    label: "User Groups",
    help: "All groups the user is in now, looked up in Okta when a later card reads this. Empty where the user is gone.",
    fields,
  }),
  lookUp: groupsOf,
  call: "GET /api/v1/users/{id}/groups",
  sample: [groupSource(SAMPLE_OKTA_GROUP)],
};

/** The groups are not in the event. A user deleted since answers 404: the flow still runs, with no groups. */
async function groupsOf(client: OktaClient, event: JsonObject, room: number): Promise<JsonObject[]> {
  const user = firstTarget(event, "User")?.id;
  if (typeof user !== "string" || user === "") return [];
  try {
    // Okta gives all groups of a user at once or page by page as it likes, and takes no size.
    const rule = {
      client,
      limit: undefined,
      room,
      raw: false,
      fields,
      source: groupSource,
      pageSize: "none",
    } as const;
    const { records } = await gather({ path: path`/api/v1/users/${{ user }}/groups` }, rule);
    return records;
  } catch (error) {
    if (error instanceof CardError && error.details.status === 404) return [];
    throw error;
  }
}
