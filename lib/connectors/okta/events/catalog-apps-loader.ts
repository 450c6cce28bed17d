import { defineChoiceLoader } from "../../../cards/connector.ts";
import { isJsonObject, type Json } from "../../../flow/json.ts";
import { okta } from "../client.ts";
import { nextCursor } from "../loaders/next-cursor.ts";

/** The most Okta lists at once. */
const PER_PAGE = 200;

/**
 * The applications of Okta's catalogue the org has instances of, by the beginning of their name or an instance's: each
 * once per page, with its instances. Inactive ones too: events still tell of them. Needs okta.apps.read.
 */
export const catalogAppsLoader = defineChoiceLoader({
  id: "okta.catalogApps",
  connector: okta,
  load: async ({ client, search, cursor }) => {
    const { body, headers } = await client.request({
      method: "GET",
      path: "/api/v1/apps",
      query: { q: search.trim() || undefined, includeNonDeleted: true, limit: PER_PAGE, after: cursor },
    });
    const instances = new Map<string, string[]>();
    for (const [name, label] of (Array.isArray(body) ? body : []).flatMap(namesOf)) {
      instances.set(name, [...(instances.get(name) ?? []), label]);
    }
    const choices = [...instances].map(([name, labels]) => ({
      value: name,
      label: name,
      detail: labels.join(", "),
    }));
    return { choices, cursor: nextCursor(headers.link) };
  },
});

function namesOf(app: Json): [name: string, label: string][] {
  if (!isJsonObject(app) || typeof app.name !== "string" || app.name === "") return [];
  return [[app.name, typeof app.label === "string" && app.label ? app.label : app.name]];
}
