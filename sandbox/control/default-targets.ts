import type { AppRecord } from "../org/apps.ts";
import type { Party } from "../org/log-record.ts";
import { appParty, groupParty, type Org, userParty } from "../org/org.ts";
import type { UserRecord } from "../org/users.ts";

/** Makes the targets of an injected event believable: who and what such an event speaks of. */
type Maker = (org: Org) => Party[];

const user: Maker = (org) => [userParty(someUser(org))];
const group: Maker = (org) => [groupParty(someGroup(org))];
const app: Maker = (org) => [appParty(someApp(org))];
const thing =
  (type: string, displayName: string): Maker =>
  () => [
    { id: `${type.toLowerCase().replaceAll(/\W/g, "")}Sandbox01`, type, alternateId: "unknown", displayName },
  ];
const all =
  (...makers: Maker[]): Maker =>
  (org) =>
    makers.flatMap((make) => make(org));

const appUser: Maker = (org) => {
  const owner = userParty(someUser(org));
  return [{ ...owner, id: `0ua${owner.id.slice(3)}`, type: "AppUser" }];
};

/** First fitting prefix wins, so the longer ones stand first. */
const BY_PREFIX: [string, Maker][] = [
  ["group.user_membership.", all(user, group)],
  ["group.application_assignment.", all(group, app)],
  ["group.", group],
  ["application.user_membership.", all(appUser, app, user)],
  ["application.provision.group_push.", all(app, group)],
  ["application.provision.", all(appUser, app, user)],
  ["application.account.", all(appUser, app, user)],
  ["application.", app],
  ["app.access_request.", all(app, user)],
  ["app.user_management", all(user, app)],
  ["app.oauth2.", all(thing("Scope", "okta.users.read"), app)],
  ["app.", app],
  ["access.review.", thing("AccessReview", "Quarterly review")],
  ["access.request.", thing("AccessRequest", "Access to Salesforce")],
  ["certification.campaign.item.", thing("Review Item", "Salesforce for Ann Lee")],
  ["certification.", thing("Campaign", "Quarterly review")],
  ["device.user.", all(thing("Device", "MacBook Pro 14"), user)],
  ["device.enrollment.", all(thing("Device", "MacBook Pro 14"), user)],
  ["device.", thing("Device", "MacBook Pro 14")],
  ["policy.rule.", all(thing("PolicyEntity", "Default Policy"), thing("PolicyRule", "Catch-all Rule"))],
  ["policy.auth_reevaluate", user],
  ["policy.", thing("PolicyEntity", "Default Policy")],
  ["iam.", thing("RESOURCE_SET", "Help desk resources")],
  ["security.authenticator.", thing("Authenticator", "Okta Verify")],
  ["security.trusted_origin.", thing("TrustedOrigin", "https://intranet.example.com")],
  ["security.breached_credential.", user],
  ["system.api_token.", thing("Token", "Integration token")],
  ["system.import.", app],
  ["system.idp.", thing("IdentityProvider", "Partner SAML")],
  ["system.log_stream.", thing("LogStream", "SIEM stream")],
  ["system.org.rate_limit.", all(thing("URL Pattern", "/api/v1/users"), thing("Bucket Uuid", "users"))],
  ["system.", user],
  ["user.authentication.", all(user, thing("AuthenticatorEnrollment", "Password"))],
  ["user.mfa.", all(user, thing("AuthenticatorEnrollment", "Okta Verify"))],
  ["user.session.start", all(thing("AuthenticatorEnrollment", "Password"), app)],
  ["user.", user],
  ["inline_hook.", thing("InlineHook", "Token enrichment")],
  ["workload_principal.", thing("WorkloadPrincipal", "Support agent")],
  ["resource_servers.", thing("ResourceServer", "Orders API")],
];

/** Targets for an event type nobody named targets for. */
export function defaultTargets(eventType: string, org: Org): Party[] {
  const match = BY_PREFIX.find(([prefix]) => eventType.startsWith(prefix));
  return (match?.[1] ?? user)(org);
}

/** The user an event is about when none is named: an ordinary active employee. */
export function someUser(org: Org): UserRecord {
  for (const candidate of org.users.all()) {
    if (candidate.status === "ACTIVE" && candidate.roles.length === 0) return candidate;
  }
  for (const candidate of org.users.all()) return candidate;
  throw new Error("The sandbox org has no users; reset it with POST /sandbox/reset.");
}

function someGroup(org: Org) {
  for (const candidate of org.groups.all()) if (candidate.type === "OKTA_GROUP") return candidate;
  return org.everyone();
}

function someApp(org: Org): AppRecord {
  for (const candidate of org.apps.values()) return candidate;
  throw new Error("The sandbox org has no applications; reset it with POST /sandbox/reset.");
}
