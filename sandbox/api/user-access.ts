import { notFound, problem } from "../http/problem.ts";
import type { Call } from "../http/router.ts";
import { userEtag } from "../org/user-view.ts";
import type { UserRecord } from "../org/users.ts";

/** The user of `/users/{id}`: id, login, unambiguous shortname or `me`. Throws 404 E0000007. */
export function userOf(call: Call): UserRecord {
  const key = call.params.id ?? "";
  const user = key === "me" ? call.org.users.byId(call.origin.actor.id) : call.org.users.find(key);
  if (!user) throw notFound(key, "User");
  return user;
}

/** The user of `/users/{userId}` and memberships: Okta documents ids (and `me`) only there. */
export function userByIdOf(call: Call): UserRecord {
  const key = call.params.userId ?? "";
  const user = call.org.users.byId(key === "me" ? call.origin.actor.id : key);
  if (!user) throw notFound(key, "User");
  return user;
}

/** Holds If-Match against the user's ETag. Throws 412 E0000231. */
export function checkIfMatch(call: Call, user: UserRecord): void {
  const wanted = call.headers["if-match"];
  if (typeof wanted !== "string" || wanted === "*") return;
  const tags = wanted.split(",").map((tag) => tag.trim());
  if (!tags.includes(userEtag(user))) throw problem("E0000231");
}
