import { MAX_BULK_ROWS } from "#lib/api/bulk.ts";
import { asText } from "#lib/cards/resolve-inputs.ts";
import type { OktaClient } from "#lib/connectors/okta/client.ts";
import { PAGE_SIZE } from "#lib/connectors/okta/collect.ts";
import { nextCursor } from "#lib/connectors/okta/loaders/next-cursor.ts";
import { isJsonObject, type Json } from "#lib/flow/json.ts";
import { patiently } from "../okta/patiently.ts";

/** Somebody a card may be run for. */
export interface Person {
  id: string;
  name: string;
  login: string;
  status: string;
}

/**
 * The next users of a search: as many as a run by hand takes, and where it goes on behind them. Read page by page; of users
 * with their profiles only what the list shows is kept.
 *
 * @param from where an earlier portion of the same search ended; the beginning where it is absent
 * @param most a multiple of the page size
 * @throws CardError what Okta said
 */
export async function portionOfPeople(
  client: OktaClient,
  search: string,
  from: string | undefined,
  most = MAX_BULK_ROWS,
): Promise<{ people: Person[]; next: string | null }> {
  const people: Person[] = [];
  let after = from;
  for (let pages = 0; pages < most / PAGE_SIZE; pages++) {
    const query = { search, limit: PAGE_SIZE, after };
    const read = () => client.request({ method: "GET", path: "/api/v1/users", query });
    const { body, headers } = await (pages === 0 ? read() : patiently(read, {}));
    people.push(...(Array.isArray(body) ? body.flatMap(personOf) : []));
    after = nextCursor(headers.link);
    if (after === undefined) break;
  }
  return { people, next: after ?? null };
}

function personOf(user: Json): Person[] {
  if (!isJsonObject(user) || typeof user.id !== "string") return [];
  const profile = isJsonObject(user.profile) ? user.profile : {};
  const login = asText(profile.login) || user.id;
  const name = [asText(profile.firstName), asText(profile.lastName)].filter(Boolean).join(" ") || login;
  return [{ id: user.id, name, login, status: asText(user.status) }];
}
