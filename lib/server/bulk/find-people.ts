import { MAX_BULK_ROWS } from "#lib/api/bulk.ts";
import { CardError } from "#lib/cards/errors.ts";
import { asText } from "#lib/cards/resolve-inputs.ts";
import { PAGE_SIZE } from "#lib/connectors/okta/collect.ts";
import { quoted, words } from "#lib/connectors/okta/loaders/search-text.ts";
import { isJsonObject, type Json } from "#lib/flow/json.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { clientOf } from "../connections/client-of.ts";
import { connectionByAlias } from "../connections/find-connection.ts";
import { ApiProblem } from "../http/problem.ts";

const SEARCHED = ["profile.firstName", "profile.lastName", "profile.login", "profile.email"];

interface Person {
  id: string;
  name: string;
  login: string;
  status: string;
}

/**
 * All users of an org that match, as many as a run by hand takes. They are handed over as a list and not kept as a search:
 * who is counted before a run is who it runs for.
 *
 * @throws ApiProblem not-found, bad-request without a search, upstream-failed with what Okta said
 */
export async function findPeople(
  actor: Actor,
  { connection: alias, text, search }: { connection: string; text?: string; search?: string },
): Promise<{ people: Person[]; more: boolean }> {
  authorize(actor, "flows.read");
  const expression = search?.trim() || beginningWith(text ?? "");
  if (!expression)
    throw new ApiProblem("bad-request", "Say whom to look for: a name, a login or a search expression.");
  const connection = await connectionByAlias(alias);
  if (connection.connector !== "okta") throw new ApiProblem("bad-request", `"${alias}" is no Okta org.`);
  try {
    const query = { search: expression, limit: PAGE_SIZE };
    const people: Person[] = [];
    // Page by page: of 10,000 users with their profiles only what the list shows is kept.
    for await (const page of clientOf(connection).pages({ path: "/api/v1/users", query })) {
      for (const user of page) people.push(...personOf(user));
      if (people.length > MAX_BULK_ROWS) break;
    }
    return { people: people.slice(0, MAX_BULK_ROWS), more: people.length > MAX_BULK_ROWS };
  } catch (error) {
    if (!(error instanceof CardError)) throw error;
    throw new ApiProblem("upstream-failed", error.message, { hint: error.details.hint }, { cause: error });
  }
}

function beginningWith(text: string): string {
  const each = words(text).map(
    (word) => `(${SEARCHED.map((attribute) => `${attribute} sw ${quoted(word)}`).join(" or ")})`,
  );
  return each.join(" and ");
}

function personOf(user: Json): Person[] {
  if (!isJsonObject(user) || typeof user.id !== "string") return [];
  const profile = isJsonObject(user.profile) ? user.profile : {};
  const login = asText(profile.login) || user.id;
  const name = [asText(profile.firstName), asText(profile.lastName)].filter(Boolean).join(" ") || login;
  return [{ id: user.id, name, login, status: asText(user.status) }];
}
