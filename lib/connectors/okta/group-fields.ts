import { field } from "../../cards/field.ts";
import { isJsonObject, type Json, type JsonObject } from "../../flow/json.ts";
import { inGroup } from "./shape-fields.ts";

/** Id of the loader that adds the attributes an org gave its groups. */
export const GROUP_PROFILE_LOADER = "okta.groupProfile";

const times = {
  created: field.datetime({ label: "Created" }),
  lastUpdated: field.datetime({ label: "Last Updated", help: "When its name or description last changed." }),
  lastMembershipUpdated: field.datetime({ label: "Last Membership Updated" }),
};

/** A group as Okta answers it, in a list. */
export const groupFields = {
  id: field.text({ label: "ID", help: "Okta id of the group." }),
  ...times,
  objectClass: field.textList({ label: "Object Class", help: "What kind of profile the group has." }),
  type: field.text({
    label: "Type",
    help: "OKTA_GROUP (managed in Okta), APP_GROUP (managed by an application) or BUILT_IN.",
  }),
  profile: field.object({
    label: "Profile",
    grows: GROUP_PROFILE_LOADER,
    fields: { name: field.text({ label: "Name" }), description: field.text({ label: "Description" }) },
  }),
};

/** A group with what a list leaves out. Values by `groupSource`. */
export const foundGroupFields = {
  rawBody: field.object({ label: "Raw Body", help: "The group exactly as Okta answered it." }),
  ...groupFields,
};

/** The same from the cards that make or change one. */
export const madeGroupFields = inGroup("Properties", foundGroupFields);

/** A group one of whose members is the subject: name and description stand beside the id. Values by `groupSource`. */
export const memberGroupFields = {
  id: groupFields.id,
  name: field.text({ label: "Name" }),
  description: field.text({ label: "Description" }),
  ...times,
};

/** A group with its name and description beside the id. */
export function groupSource(body: Json): JsonObject {
  if (!isJsonObject(body)) return {};
  const profile = isJsonObject(body.profile) ? body.profile : {};
  const { name = null, description = null } = profile;
  return { ...body, name, description, links: body._links ?? null, rawBody: body };
}
