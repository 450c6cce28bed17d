import { defineFieldLoader } from "../../../cards/connector.ts";
import type { Fields } from "../../../cards/field.ts";
import { isJsonObject, type Json } from "../../../flow/json.ts";
import { okta } from "../client.ts";
import { USER_PROFILE_LOADER } from "../profile-fields.ts";
import { attributeField, childObject } from "./attribute-field.ts";

/** The attributes an org added to its user profile. The 31 that every org has stand in the cards themselves. */
export const userProfileLoader = defineFieldLoader({
  id: USER_PROFILE_LOADER,
  connector: okta,
  load: async ({ client }) => {
    const { body } = await client.request({ method: "GET", path: "/api/v1/meta/schemas/user/default" });
    return customProfileFields(body);
  },
});

/**
 * Fields from the custom half of a schema, of users or groups. Never required: the same fields stand in Update User, where an attribute
 * that is left empty stays as it is; that Okta wants it for a new user is said in the help.
 */
export function customProfileFields(schema: Json, neededFor = "a new user"): Fields {
  const custom = childObject(childObject(schema, "definitions"), "custom");
  const needed = Array.isArray(custom.required) ? custom.required : [];
  const fields: Fields = {};
  for (const [key, property] of Object.entries(childObject(custom, "properties"))) {
    if (!isJsonObject(property)) continue;
    const isNeeded = needed.includes(key) || property.required === true;
    const made = attributeField(key, property, isNeeded ? `Required for ${neededFor}.` : "");
    if (made) fields[key] = made;
  }
  return fields;
}
