import { field } from "../../../cards/field.ts";
import { isJsonObject, type Json } from "../../../flow/json.ts";

/** Priya Raman of the sandbox org, Ann Lee's manager, and the relationship that says so. */
export const SAMPLE_MANAGER_ID = "00u2DETbw0QtGIeSBX5d";
export const SAMPLE_PRIMARY_NAME = "manager";
export const SAMPLE_ASSOCIATED_NAME = "subordinate";

/** The name of the side there is one of. */
export const primaryNameInput = field.text({
  label: "Primary Name",
  group: "Linked Object",
  required: true,
  picker: "okta.linkedObjectDefinitions",
  placeholder: "manager",
  help: "Name of the relationship's primary side, of which a user has one.",
});

/** The user on the side there are many of. */
export const associatedUserInput = field.text({
  label: "Associated User ID",
  group: "User",
  required: true,
  picker: "okta.users",
  help: "The Okta id or the login, for example of the subordinate.",
});

/** Ids of the users a list of linked objects names: Okta answers links only, and the id is the last part of each. */
export function linkedUserIds(items: readonly Json[]): string[] {
  return items.flatMap((item) => {
    const links = isJsonObject(item) && isJsonObject(item._links) ? item._links : {};
    const href = isJsonObject(links.self) ? links.self.href : undefined;
    const id = typeof href === "string" ? href.split("/").at(-1) : undefined;
    return id ? [id] : [];
  });
}
