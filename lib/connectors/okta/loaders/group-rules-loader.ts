import { defineChoiceLoader } from "../../../cards/connector.ts";
import { isJsonObject, type Json } from "../../../flow/json.ts";
import { okta } from "../client.ts";
import { path } from "../path.ts";
import { foundById } from "./found-by-id.ts";
import { nextCursor } from "./next-cursor.ts";

const PER_PAGE = 100;

/** Group rules to choose from, by any part of their name. Those that do nothing at present say so. */
export const groupRulesLoader = defineChoiceLoader({
  id: "okta.groupRules",
  connector: okta,
  load: async ({ client, search, cursor }) => {
    const { body, headers } = await client.request({
      method: "GET",
      path: "/api/v1/groups/rules",
      query: { search: search.trim() || undefined, limit: PER_PAGE, after: cursor },
    });
    const choices = Array.isArray(body) ? body.flatMap(ruleChoice) : [];
    return { choices, cursor: nextCursor(headers.link) };
  },
  find: ({ client, value }) =>
    foundById(client, value, (id) => path`/api/v1/groups/rules/${{ id }}`, ruleChoice),
});

function ruleChoice(rule: Json) {
  if (!isJsonObject(rule) || typeof rule.id !== "string") return [];
  const label = typeof rule.name === "string" && rule.name ? rule.name : rule.id;
  const detail = typeof rule.status === "string" && rule.status !== "ACTIVE" ? rule.status : undefined;
  return [{ value: rule.id, label, detail }];
}
