import { PlainProblem, problem } from "../http/problem.ts";
import type { Answer, Call } from "../http/router.ts";
import { userParty } from "../org/org.ts";
import { bearer } from "./bearer.ts";

/**
 * GET or POST /oauth2/v1/userinfo: who the access token is about, as far as its scopes tell.
 * Throws 401 E0000011 for a token that is none, and 403 insufficient_scope for one without openid.
 */
export function userinfo(call: Call): Answer {
  const { org, headers, method, path, template } = call;
  const [name = "", token = ""] = String(headers.authorization ?? "").split(" ", 2);
  const scheme = name.toUpperCase() === "DPOP" ? "DPOP" : "BEARER";
  const proof = typeof headers.dpop === "string" ? headers.dpop : undefined;
  const { party } = bearer({
    org,
    scheme,
    token,
    method,
    path,
    template,
    host: String(headers.host),
    proof,
  });
  const scopes = org.oauth.find(token)?.scopes ?? [];
  const user = org.users.byId(party.id);
  if (!user) throw problem("E0000011");
  if (!scopes.includes("openid"))
    throw new PlainProblem(403, undefined, {
      "www-authenticate":
        'Bearer error="insufficient_scope", error_description="The scope openid is missing."',
    });
  const { firstName, lastName, email, login, locale, timezone, mobilePhone } = user.profile;
  const updated_at = Math.floor(Date.parse(user.lastUpdated) / 1000);
  const about: Record<string, Record<string, unknown>> = {
    profile: {
      name: userParty(user).displayName,
      given_name: firstName,
      family_name: lastName,
      preferred_username: login,
      locale,
      zoneinfo: timezone,
      updated_at,
    },
    email: { email, email_verified: true },
    phone: { phone_number: mobilePhone },
    groups: { groups: org.groups.ofUser(user.id).map((group) => group.profile.name) },
  };
  const claims = scopes.map((scope) => (Object.hasOwn(about, scope) ? about[scope] : {}));
  return { status: 200, body: Object.assign({ sub: user.id }, ...claims) };
}
