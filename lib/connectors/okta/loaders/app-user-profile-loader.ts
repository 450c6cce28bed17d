import { defineFieldLoader } from "../../../cards/connector.ts";
import { CardError } from "../../../cards/errors.ts";
import type { Fields } from "../../../cards/field.ts";
import { isJsonObject, type Json } from "../../../flow/json.ts";
import { APP_ATTRIBUTE_KEYS_LOADER, APP_USER_PROFILE_LOADER } from "../apps/app-fields.ts";
import { type OktaClient, okta } from "../client.ts";
import { path } from "../path.ts";
import { attributeField, childObject } from "./attribute-field.ts";

/** Okta's ids of applications: while somebody types one, Okta need not be asked about every beginning of it. */
const APPLICATION_ID = /^0oa[0-9A-Za-z]{17}$/;

/**
 * The attributes of the profile an application keeps of its users, base and custom ones, for the application named by
 * the option `application`. No fields where it is not known.
 */
export const appUserProfileLoader = defineFieldLoader({
  id: APP_USER_PROFILE_LOADER,
  connector: okta,
  load: ({ client, options }) => loadAppProfile(client, options.application),
});

/** The same attributes, each as a text: the key under which another system has it. */
export const appAttributeKeysLoader = defineFieldLoader({
  id: APP_ATTRIBUTE_KEYS_LOADER,
  connector: okta,
  load: async ({ client, options }) => {
    const fields = Object.entries(await loadAppProfile(client, options.application));
    return Object.fromEntries(fields.map(([key, { label }]) => [key, { type: "text", label }]));
  },
});

async function loadAppProfile(client: OktaClient, application: Json | undefined): Promise<Fields> {
  if (typeof application !== "string" || !APPLICATION_ID.test(application)) return {};
  try {
    const { body } = await client.request({
      method: "GET",
      path: path`/api/v1/meta/schemas/apps/${{ application }}/default`,
    });
    return appProfileFields(body);
  } catch (error) {
    if (error instanceof CardError && error.details.status === 404) return {};
    throw error;
  }
}

/** Fields from the schema of an application's profile. `userName` is left out: it is one of the credentials. */
export function appProfileFields(schema: Json): Fields {
  const definitions = childObject(schema, "definitions");
  const properties = {
    ...childObject(childObject(definitions, "base"), "properties"),
    ...childObject(childObject(definitions, "custom"), "properties"),
  };
  const fields: Fields = {};
  for (const [key, property] of Object.entries(properties)) {
    if (key === "userName" || !isJsonObject(property)) continue;
    const needed = property.required === true ? "The application needs it, unless a mapping fills it." : "";
    const made = attributeField(key, property, needed);
    if (made) fields[key] = made;
  }
  return fields;
}
