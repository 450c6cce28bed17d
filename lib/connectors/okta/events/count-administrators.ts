import { CardError } from "../../../cards/errors.ts";
import { isJsonObject, type Json } from "../../../flow/json.ts";
import type { OktaClient } from "../client.ts";
import { path } from "../path.ts";

/** "super": users with the role Super Administrator. "all": users with any role. */
export type AdministratorKind = "super" | "all";

/** The most Okta lists at once. */
const PER_PAGE = 100;

/**
 * How many users are administrators now. Okta lists those with any role, page by page in the body of its answer and not
 * in a Link header; which roles are theirs is asked for each. A group's roles count for its members.
 * Needs okta.roles.read.
 */
export async function countAdministrators(client: OktaClient, kind: AdministratorKind): Promise<number> {
  const counted = new Set<string>();
  for await (const user of assignees(client)) {
    if (kind === "all" || (await isSuperAdministrator(client, user))) counted.add(user);
  }
  return counted.size;
}

async function* assignees(client: OktaClient): AsyncIterable<string> {
  let after: string | undefined;
  const seen = new Set<string>();
  do {
    const { body } = await client.request({
      method: "GET",
      path: "/api/v1/iam/assignees/users",
      query: { limit: PER_PAGE, after },
    });
    const page = isJsonObject(body) ? body : {};
    for (const user of Array.isArray(page.value) ? page.value : []) {
      if (isJsonObject(user) && typeof user.id === "string") yield user.id;
    }
    after = cursorOf(page._links);
    // An org that names the same page for ever must not keep the flow counting for ever.
    if (after !== undefined && seen.has(after)) return;
    if (after !== undefined) seen.add(after);
  } while (after !== undefined);
}

function cursorOf(links: Json | undefined): string | undefined {
  const next = isJsonObject(links) && isJsonObject(links.next) ? links.next.href : undefined;
  if (typeof next !== "string" || !URL.canParse(next)) return undefined;
  return new URL(next).searchParams.get("after") ?? undefined;
}

async function isSuperAdministrator(client: OktaClient, user: string): Promise<boolean> {
  try {
    const { body } = await client.request({ method: "GET", path: path`/api/v1/users/${{ user }}/roles` });
    return (Array.isArray(body) ? body : []).some(
      (role) => isJsonObject(role) && role.type === "SUPER_ADMIN",
    );
  } catch (error) {
    // Deleted between the list and this question.
    if (error instanceof CardError && error.details.status === 404) return false;
    throw error;
  }
}
