import { type ChoicePage, defineChoiceLoader } from "../../../cards/connector.ts";
import { isJsonObject, type Json } from "../../../flow/json.ts";
import { type OktaClient, okta } from "../client.ts";
import { childObject } from "./attribute-field.ts";

type Side = "primary" | "associated";

/** The primary names of the org's linked objects (manager), with the associated name (subordinate) beside them. */
export const linkedObjectDefinitionsLoader = defineChoiceLoader({
  id: "okta.linkedObjectDefinitions",
  connector: okta,
  load: ({ client, search }) => loadNames(client, search, "primary"),
});

/** The associated names of the org's linked objects. */
export const associatedNamesLoader = defineChoiceLoader({
  id: "okta.linkedObjectAssociatedNames",
  connector: okta,
  load: ({ client, search }) => loadNames(client, search, "associated"),
});

/** Okta neither searches nor pages definitions; an org has a handful (at most 200). */
async function loadNames(client: OktaClient, search: string, side: Side): Promise<ChoicePage> {
  const { body } = await client.request({ method: "GET", path: "/api/v1/meta/schemas/user/linkedObjects" });
  const words = search.trim().toLowerCase();
  const choices = Array.isArray(body) ? body.flatMap((each) => nameChoice(each, side)) : [];
  return {
    choices: choices.filter(({ value, label }) => `${value} ${label}`.toLowerCase().includes(words)),
  };
}

function nameChoice(definition: Json, side: Side) {
  const { name, title } = childObject(definition, side);
  const other = childObject(definition, side === "primary" ? "associated" : "primary").name;
  if (!isJsonObject(definition) || typeof name !== "string") return [];
  const label = typeof title === "string" && title ? title : name;
  return [{ value: name, label, detail: typeof other === "string" ? `${name} ↔ ${other}` : name }];
}
