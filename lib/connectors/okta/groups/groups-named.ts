import { isJsonObject, type Json } from "../../../flow/json.ts";
import type { OktaClient } from "../client.ts";
import { quoted } from "../loaders/search-text.ts";

/** What Okta gives for a query at most without being asked for more. A query never pages. */
const QUERY_LIMIT = 300;

/**
 * Groups of exactly this name, whatever the letter case. Okta has no call for it. Its query finds names that begin so and
 * knows a group at once; its search is exact but some seconds behind, and so only asked where the query overflows.
 */
export async function groupsNamed(client: OktaClient, name: string): Promise<Json[]> {
  const ask = async (query: Record<string, string | number>): Promise<Json[]> => {
    const { body } = await client.request({ method: "GET", path: "/api/v1/groups", query });
    return Array.isArray(body) ? body : [];
  };
  const wanted = name.toLowerCase();
  const isNamed = (group: Json) => nameOf(group)?.toLowerCase() === wanted;
  const begun = await ask({ q: name, limit: QUERY_LIMIT });
  const found = begun.filter(isNamed);
  if (found.length > 0 || begun.length < QUERY_LIMIT) return found;
  return (await ask({ search: `profile.name eq ${quoted(name)}`, limit: QUERY_LIMIT })).filter(isNamed);
}

function nameOf(group: Json): string | undefined {
  if (!isJsonObject(group) || !isJsonObject(group.profile)) return undefined;
  return typeof group.profile.name === "string" ? group.profile.name : undefined;
}
