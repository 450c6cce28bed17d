import { CardError } from "#lib/cards/errors.ts";
import { quoted, words } from "#lib/connectors/okta/loaders/search-text.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { clientOf } from "../connections/client-of.ts";
import { connectionByAlias } from "../connections/find-connection.ts";
import { ApiProblem } from "../http/problem.ts";
import { type Person, portionOfPeople } from "./portion-of-people.ts";

const SEARCHED = ["profile.firstName", "profile.lastName", "profile.login", "profile.email"];

/**
 * Users of an org that match, as many at once as a run by hand takes; `next` leads on to those behind them. They are handed
 * over as a list and not kept as a search: who is counted before a run is who it runs for.
 *
 * @param after `next` of an answer to the same search
 * @throws ApiProblem not-found, bad-request without a search, upstream-failed with what Okta said
 */
export async function findPeople(
  actor: Actor,
  {
    connection: alias,
    text,
    search,
    after,
  }: { connection: string; text?: string; search?: string; after?: string },
): Promise<{ people: Person[]; next: string | null }> {
  authorize(actor, "executions.run");
  const expression = search?.trim() || beginningWith(text ?? "");
  if (!expression)
    throw new ApiProblem("bad-request", "Say whom to look for: a name, a login or a search expression.");
  const connection = await connectionByAlias(alias);
  if (connection.connector !== "okta") throw new ApiProblem("bad-request", `"${alias}" is no Okta org.`);
  try {
    return await portionOfPeople(clientOf(connection), expression, after);
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
