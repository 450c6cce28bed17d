import { CardError } from "../../../cards/errors.ts";
import { field } from "../../../cards/field.ts";
import type { JsonObject } from "../../../flow/json.ts";
import type { OktaClient } from "../client.ts";
import { collect } from "../collect.ts";
import { groupSource } from "../group-fields.ts";
import { path } from "../path.ts";
import { SAMPLE_OKTA_GROUP } from "../samples.ts";
import type { LookUp } from "./event-facts.ts";
import { firstTarget } from "./okta-event.ts";

/** More groups than this are not looked up for one event: an event is not the place to page through thousands. */
const MAX_USER_GROUPS = 1000;

/** The groups of the user an event is about, as they are when the flow runs. Needs okta.users.read. */
export const userGroups: LookUp = {
  field: field.objectList({
    label: "User Groups",
    help: `All groups the user is in now, looked up in Okta when a later card reads this (at most ${MAX_USER_GROUPS}). Empty where the user is gone.`,
    fields: {
      id: field.text({ label: "ID" }),
      name: field.text({ label: "Name" }),
      description: field.text({ label: "Description" }),
    },
  }),
  lookUp: groupsOf,
  call: "GET /api/v1/users/{id}/groups",
  sample: [groupSource(SAMPLE_OKTA_GROUP)],
};

/** The groups are not in the event. A user deleted since answers 404: the flow still runs, with no groups. */
async function groupsOf(client: OktaClient, event: JsonObject): Promise<JsonObject[]> {
  const user = firstTarget(event, "User")?.id;
  if (typeof user !== "string" || user === "") return [];
  try {
    const groups = await collect(client, { path: path`/api/v1/users/${{ user }}/groups` }, MAX_USER_GROUPS);
    return groups.map(groupSource);
  } catch (error) {
    if (error instanceof CardError && error.details.status === 404) return [];
    throw error;
  }
}
