import { defineChoiceLoader } from "../../../cards/connector.ts";
import { isJsonObject, type Json } from "../../../flow/json.ts";
import { okta } from "../client.ts";
import { childObject } from "../loaders/attribute-field.ts";

/** The attributes of the org's user profile, its own first, by any part of their name or title. */
export const userAttributesLoader = defineChoiceLoader({
  id: "okta.userAttributes",
  connector: okta,
  load: async ({ client, search }) => {
    const { body } = await client.request({ method: "GET", path: "/api/v1/meta/schemas/user/default" });
    const wanted = search.trim().toLowerCase();
    const choices = ["custom", "base"].flatMap((part) => attributesOf(body, part));
    return {
      choices: choices.filter(({ value, label }) => `${value} ${label}`.toLowerCase().includes(wanted)),
    };
  },
});

function attributesOf(schema: Json, part: string) {
  const properties = childObject(childObject(childObject(schema, "definitions"), part), "properties");
  return Object.entries(properties).map(([value, property]) => {
    const title = isJsonObject(property) && typeof property.title === "string" ? property.title : "";
    return { value, label: title || value, detail: value };
  });
}
