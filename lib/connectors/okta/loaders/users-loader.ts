import { defineChoiceLoader } from "../../../cards/connector.ts";
import { isJsonObject, type Json } from "../../../flow/json.ts";
import { okta } from "../client.ts";
import { path } from "../path.ts";
import { foundById } from "./found-by-id.ts";
import { nextCursor } from "./next-cursor.ts";
import { quoted, words } from "./search-text.ts";

const PER_PAGE = 50;
const SEARCHED = ["profile.firstName", "profile.lastName", "profile.login", "profile.email"];

/**
 * Users to choose from: by the beginning of first name, last name, login or email, every word typed. Okta's `search` and
 * not its `q`, which neither pages nor finds deactivated users, whom some cards are about.
 */
export const usersLoader = defineChoiceLoader({
  id: "okta.users",
  connector: okta,
  load: async ({ client, search, cursor }) => {
    const expression = words(search)
      .map((word) => `(${SEARCHED.map((attribute) => `${attribute} sw ${quoted(word)}`).join(" or ")})`)
      .join(" and ");
    const { body, headers } = await client.request({
      method: "GET",
      path: "/api/v1/users",
      query: { search: expression || undefined, limit: PER_PAGE, after: cursor },
    });
    const choices = Array.isArray(body) ? body.flatMap(userChoice) : [];
    return { choices, cursor: nextCursor(headers.link) };
  },
  find: ({ client, value }) => foundById(client, value, (id) => path`/api/v1/users/${{ id }}`, userChoice),
});

function userChoice(user: Json) {
  if (!isJsonObject(user) || typeof user.id !== "string") return [];
  const profile = isJsonObject(user.profile) ? user.profile : {};
  const name = [profile.firstName, profile.lastName]
    .filter((part) => typeof part === "string" && part)
    .join(" ");
  const login = typeof profile.login === "string" ? profile.login : user.id;
  const status = typeof user.status === "string" && user.status !== "ACTIVE" ? ` · ${user.status}` : "";
  return [{ value: user.id, label: name || login, detail: `${login}${status}` }];
}
