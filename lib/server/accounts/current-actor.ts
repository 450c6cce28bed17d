import type { Caller } from "../http/handler-with.ts";
import { ApiProblem } from "../http/problem.ts";
import { currentSession } from "./current-session.ts";
import { actorOfToken } from "./tokens.ts";

/**
 * Who sent a request: by API token (`Authorization: Bearer …`) or by session cookie. A token that is none is refused
 * even when there is a good cookie beside it: falling back would act with rights the caller did not mean to use.
 *
 * @returns undefined when the request names nobody
 * @throws ApiProblem "not-signed-in" when the token is unknown or revoked
 */
export async function authenticate(headers: Headers): Promise<Caller | undefined> {
  // Other schemes belong to a proxy in front, which may pass its own password on.
  const token = /^Bearer\s+(.*)$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (token !== undefined) {
    const actor = await actorOfToken(token.trim());
    if (actor !== undefined) return { actor, by: "token" };
    throw new ApiProblem(
      "not-signed-in",
      "This API token is not known; it may have been revoked.",
      { hint: "Create a new one in the settings of the console." },
      { headers: { "www-authenticate": 'Bearer error="invalid_token"' } },
    );
  }
  const session = await currentSession(headers);
  return session && { actor: session.actor, by: "cookie", sessionId: session.id };
}
