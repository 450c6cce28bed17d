import { flag } from "../http/fields.ts";
import { linkHeaders } from "../http/paging.ts";
import { notFound } from "../http/problem.ts";
import { type Answer, type Call, type Route, route } from "../http/router.ts";
import { groupJson } from "../org/group-view.ts";
import { touch } from "../org/lifecycle.ts";
import { type Org, userParty } from "../org/org.ts";
import type { FactorRecord, UserRecord } from "../org/users.ts";
import { userByIdOf, userOf } from "./user-access.ts";

/** What belongs to a user: groups, sessions, factors. */
export const userResourceRoutes: Route[] = [
  route("GET", "/api/v1/users/{id}/groups", listGroups),
  route("DELETE", "/api/v1/users/{userId}/sessions", clearSessions),
  route("GET", "/api/v1/users/{userId}/factors", listFactors),
  route("GET", "/api/v1/users/{userId}/factors/{factorId}", readFactor),
  route("DELETE", "/api/v1/users/{userId}/factors/{factorId}", removeFactor),
];

// Answers all groups at once. The self link still says limit=200, as recorded.
function listGroups(call: Call): Answer {
  const { org } = call;
  const groups = org.groups.ofUser(userOf(call).id);
  return {
    status: 200,
    body: groups.map((group) => groupJson(group, org)),
    headers: linkHeaders(call, 200, null),
  };
}

function clearSessions(call: Call): Answer {
  const { org, origin } = call;
  const user = userByIdOf(call);
  user.sessions = 0;
  if (flag(call.query, "oauthTokens", false)) org.oauth.revokeUser(user.id);
  org.log.write({ eventType: "user.session.clear", origin, target: [userParty(user)] });
  return { status: 204 };
}

function listFactors(call: Call): Answer {
  const user = userByIdOf(call);
  return { status: 200, body: user.factors.map((factor) => factorJson(factor, user, call.org)) };
}

function readFactor(call: Call): Answer {
  const user = userByIdOf(call);
  return { status: 200, body: factorJson(factorOf(call, user), user, call.org) };
}

function factorOf(call: Call, user: UserRecord): FactorRecord {
  const id = call.params.factorId ?? "";
  const factor = user.factors.find((item) => item.id === id);
  if (!factor) throw notFound(id, "UserFactor");
  return factor;
}

function removeFactor(call: Call): Answer {
  const { org, origin } = call;
  const user = userByIdOf(call);
  const factor = factorOf(call, user);
  user.factors = user.factors.filter((item) => item !== factor);
  touch(org, user);
  org.log.write({
    eventType: "user.mfa.factor.deactivate",
    origin,
    target: [
      userParty(user),
      { id: factor.id, type: "AuthenticatorEnrollment", alternateId: "unknown", displayName: "Okta Verify" },
    ],
  });
  return { status: 204 };
}

function factorJson(factor: FactorRecord, user: UserRecord, org: Org): Record<string, unknown> {
  const self = `${org.baseUrl}/api/v1/users/${user.id}/factors/${factor.id}`;
  return {
    id: factor.id,
    factorType: factor.factorType,
    provider: factor.provider,
    vendorName: factor.provider,
    status: "ACTIVE",
    created: factor.created,
    lastUpdated: factor.created,
    profile: {},
    _links: {
      self: { href: self, hints: { allow: ["GET", "DELETE"] } },
      user: { href: `${org.baseUrl}/api/v1/users/${user.id}`, hints: { allow: ["GET"] } },
    },
  };
}
