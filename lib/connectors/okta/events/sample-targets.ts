import type { JsonObject } from "../../../flow/json.ts";
import { SAMPLE_GROUP_ID, SAMPLE_USER_ID } from "../samples.ts";

/** Somebody or something an event speaks of. */
function party(
  id: string,
  type: string,
  displayName: string,
  alternateId = "unknown",
  detailEntry: JsonObject | null = null,
): JsonObject {
  return { id, type, alternateId, displayName, detailEntry };
}

export const SAMPLE_USER = party(SAMPLE_USER_ID, "User", "Ann Lee", "ann.lee@example.com");
export const SAMPLE_ADMIN = party("00u9admin8Xample7Id64d7", "User", "Olivia Admin", "admin@example.com");
export const SAMPLE_SYSTEM = party("okta", "SystemPrincipal", "Okta System", "system@okta.com");

const GROUP = party(SAMPLE_GROUP_ID, "UserGroup", "Engineering");
const APP = party("0oa7sal3esforce2Ap4d7", "AppInstance", "Salesforce", "Salesforce.com");
const DASHBOARD = party("0oa1okta2Dashboard3I4d7", "AppInstance", "Okta Dashboard", "Okta Dashboard");
const APP_USER = party("0ua1an2lee3AppUser4d7", "AppUser", "Ann Lee", "ann.lee@example.com");
const POLICY = party("00p2pass3word4Policy4d7", "PolicyEntity", "Password policy", "unknown", {
  policyType: "Password",
});
const RULE = party("0pr3pass4word5Rule64d7", "PolicyRule", "Default rule");
const DEVICE = party("guo5device6Id7778Macb4d7", "Device", "Ann's MacBook");
const FACTOR = party("opf6verify7Enroll8Id4d7", "AuthenticatorEnrollment", "Okta Verify");
const AUTHENTICATOR = party("aut8okta9Verify1Id24d7", "Authenticator", "Okta Verify");
const PUSH = party("gPm9push1Mapping2Id34d7", "GroupPushMapping", "Engineering");
const IMPORTED = party("00g4sales5Imported6Id4d7", "AppGroup", "Sales (Active Directory)");
const TOKEN = party("00T4api5token6Id77784d7", "Token", "Reporting");
const REQUEST = party("66f1access2Request3Id4d7", "AccessRequest", "Salesforce for Ann Lee");
const REVIEW = party("icr7review8Item9Id1224d7", "Review Item", "Salesforce for Ann Lee");
const SCOPE = party("scp1orders2Read3Id4d7", "Scope", "orders.read");
const LIMITED = party("/api/v1/users", "URL Pattern", "/api/v1/users");
const BUCKET = party("b0c1f7a2-6d3e-4a5b-8c9d-0e1f2a3b4c5d", "Bucket Uuid", "/api/v1/users");

/** What events of a type are about, by the beginning of its name; the longest beginning decides. */
const TARGETS: [prefix: string, targets: JsonObject[]][] = [
  ["access.request.", [REQUEST]],
  ["app.oauth2.as.consent.", [SCOPE]],
  ["application.user_membership.", [APP_USER, APP, SAMPLE_USER]],
  ["application.provision.user.", [APP_USER, APP, SAMPLE_USER]],
  ["application.provision.group_push.", [APP, GROUP, PUSH]],
  ["application.", [APP]],
  ["certification.campaign.item.", [REVIEW]],
  ["system.import.group.", [APP, IMPORTED]],
  ["system.import.", [APP]],
  ["group.user_membership.", [SAMPLE_USER, GROUP]],
  ["group.application_assignment.", [GROUP, APP]],
  ["group.", [GROUP]],
  ["policy.rule.", [POLICY, RULE]],
  ["policy.", [POLICY]],
  ["system.api_token.", [TOKEN]],
  ["system.org.rate_limit.", [LIMITED, BUCKET]],
  ["system.sms.", [SAMPLE_USER]],
  ["system.voice.", [SAMPLE_USER]],
  ["security.authenticator.", [AUTHENTICATOR]],
  ["device.user.", [DEVICE, SAMPLE_USER]],
  ["device.enrollment.", [DEVICE, SAMPLE_USER]],
  ["device.", [DEVICE]],
  ["user.authentication.auth_via_mfa", [SAMPLE_USER, FACTOR]],
  ["user.mfa.factor.activate", [SAMPLE_USER, FACTOR]],
  ["user.mfa.factor.deactivate", [SAMPLE_USER, FACTOR]],
  // An Identity Engine org names what was signed in with, and where; the user is the actor.
  ["user.session.start", [FACTOR, DASHBOARD]],
  ["user.session.end", []],
  ["user.", [SAMPLE_USER]],
];

/** Believable targets of an event type. */
export function sampleTargets(eventType: string): JsonObject[] {
  const matching = TARGETS.filter(([prefix]) => eventType.startsWith(prefix));
  const longest = matching.reduce(
    (best, one) => (one[0].length > best[0].length ? one : best),
    ["", [] as JsonObject[]],
  );
  return longest[1];
}
