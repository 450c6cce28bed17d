import type { OktaClient, OktaRequest } from "#lib/connectors/okta/client.ts";
import type { PlannedChange } from "#lib/engine/execution.ts";
import { isJsonObject } from "#lib/flow/json.ts";
import { whereReadable } from "./resource-now.ts";

const MEMBERSHIP = /^\/api\/v1\/groups\/([^/?]+)\/users\/([^/?]+)$/;

/**
 * Whether somebody is a member of a group now and would be then. Okta answers 405 to a GET of the membership itself, so
 * the groups of the user are read; there are fewer of those than members of a group.
 *
 * @returns undefined for calls that are not about a membership; no change where the user's groups can't be read
 */
export async function membershipChange(
  { method, path }: OktaRequest,
  pages: OktaClient["pages"],
): Promise<PlannedChange[] | undefined> {
  const [, group, user] = MEMBERSHIP.exec(path) ?? [];
  if (group === undefined || user === undefined) return undefined;
  if (method !== "PUT" && method !== "DELETE") return undefined;
  const id = decodeURIComponent(group);
  const before = await whereReadable(async () => {
    for await (const page of pages({ path: `/api/v1/users/${user}/groups` })) {
      if (page.some((one) => isJsonObject(one) && one.id === id)) return true;
    }
    return false;
  });
  return before === undefined ? [] : [{ field: ["member"], before, after: method === "PUT" }];
}
