import { defineChoiceLoader } from "../../../cards/connector.ts";
import { isJsonObject, type Json } from "../../../flow/json.ts";
import { okta } from "../client.ts";
import { path } from "../path.ts";
import { foundById } from "./found-by-id.ts";
import { nextCursor } from "./next-cursor.ts";
import { quoted } from "./search-text.ts";

const PER_PAGE = 100;

/** Groups to choose from, by any part of their name. Groups that take no members by hand say so. */
export const groupsLoader = defineChoiceLoader({
  id: "okta.groups",
  connector: okta,
  load: async ({ client, search, cursor }) => {
    const name = search.trim();
    const { body, headers } = await client.request({
      method: "GET",
      path: "/api/v1/groups",
      query: { search: name ? `profile.name co ${quoted(name)}` : undefined, limit: PER_PAGE, after: cursor },
    });
    const choices = Array.isArray(body) ? body.flatMap(groupChoice) : [];
    return { choices, cursor: nextCursor(headers.link) };
  },
  find: ({ client, value }) => foundById(client, value, (id) => path`/api/v1/groups/${{ id }}`, groupChoice),
});

const KINDS: Record<string, string> = { APP_GROUP: "managed by an application", BUILT_IN: "built in" };

function groupChoice(group: Json) {
  if (!isJsonObject(group) || typeof group.id !== "string") return [];
  const profile = isJsonObject(group.profile) ? group.profile : {};
  const label = typeof profile.name === "string" && profile.name ? profile.name : group.id;
  const kind = typeof group.type === "string" ? KINDS[group.type] : undefined;
  const description = typeof profile.description === "string" ? profile.description : undefined;
  const detail = [kind, description].filter(Boolean).join(" · ");
  return [{ value: group.id, label, detail: detail || undefined }];
}
