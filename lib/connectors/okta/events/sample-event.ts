import type { JsonObject } from "../../../flow/json.ts";
import { SAMPLE_GROUP_ID, SAMPLE_USER_ID } from "../samples.ts";

const REQUEST_ID = "ZX8samplerequest2id4AAADSc";
const AT = "2026-11-20T09:15:00.159Z";

/** Messages and older names of the types that have a card of their own, as real orgs log them. */
const KNOWN: Record<string, { message: string; legacy: string | null; uri: string }> = {
  "user.lifecycle.create": {
    message: "Create Okta user",
    legacy: "core.user.config.user_creation.success",
    uri: "/api/v1/users",
  },
  "user.lifecycle.activate": {
    message: "Activate Okta user",
    legacy: "core.user.config.user_activated",
    uri: `/api/v1/users/${SAMPLE_USER_ID}/lifecycle/activate`,
  },
  "user.lifecycle.deactivate": {
    message: "Deactivate Okta user",
    legacy: "core.user.config.user_deactivated",
    uri: `/api/v1/users/${SAMPLE_USER_ID}/lifecycle/deactivate`,
  },
  "user.lifecycle.suspend": {
    message: "Suspend Okta user",
    legacy: null,
    uri: `/api/v1/users/${SAMPLE_USER_ID}/lifecycle/suspend`,
  },
  "group.user_membership.add": {
    message: "Add user to group membership",
    legacy: "core.user_group_member.user_add",
    uri: `/api/v1/groups/${SAMPLE_GROUP_ID}/users/${SAMPLE_USER_ID}`,
  },
  "group.user_membership.remove": {
    message: "Remove user from group membership",
    legacy: "core.user_group_member.user_remove",
    uri: `/api/v1/groups/${SAMPLE_GROUP_ID}/users/${SAMPLE_USER_ID}`,
  },
  "user.account.update_profile": {
    message: "Update user profile for Okta",
    legacy: null,
    uri: `/api/v1/users/${SAMPLE_USER_ID}`,
  },
};

const USER = target(SAMPLE_USER_ID, "User", "ann.lee@example.com", "Ann Lee");
const GROUP = target(SAMPLE_GROUP_ID, "UserGroup", "unknown", "Engineering");
const APP = target("0oa7sal3esforce2Ap4d7", "AppInstance", "Salesforce.com", "Salesforce");
const APP_USER = target("0ua1an2lee3AppUser4d7", "AppUser", "ann.lee@example.com", "Ann Lee");
const POLICY = target("00p2pass3word4Policy4d7", "PolicyEntity", "unknown", "Password policy");
const RULE = target("0pr3pass4word5Rule64d7", "PolicyRule", "unknown", "Default rule");
const TOKEN = target("00T4api5token6Id77784d7", "Token", "unknown", "Reporting");

/** What events of a type are about, by the beginning of its name; the longest beginning decides. */
const TARGETS: [prefix: string, targets: JsonObject[]][] = [
  ["application.user_membership.", [APP_USER, APP, USER]],
  ["application.provision.user.", [APP_USER, APP, USER]],
  ["application.", [APP]],
  ["system.import.", [APP]],
  ["group.user_membership.", [USER, GROUP]],
  ["group.application_assignment.", [GROUP, APP]],
  ["group.", [GROUP]],
  ["policy.rule.", [POLICY, RULE]],
  ["policy.", [POLICY]],
  ["system.api_token.", [TOKEN]],
  ["device.user.", [target("guo5device6Id7778Macb4d7", "Device", "unknown", "Ann's MacBook"), USER]],
  ["device.", [target("guo5device6Id7778Macb4d7", "Device", "unknown", "Ann's MacBook")]],
  ["user.", [USER]],
];

/**
 * An event of a type as Okta delivers it, with invented people, for trying a flow. The same for the same type: a flow
 * tried twice sees the same event. `debugData` of a profile update names the changed attributes.
 */
export function sampleLogEvent(eventType: string): JsonObject {
  const known = KNOWN[eventType];
  const uri = known?.uri ?? "/api/v1/logs/sample";
  const changed: JsonObject =
    eventType === "user.account.update_profile" ? { changedAttributes: "department,title" } : {};
  return {
    uuid: "f1d0b993-cc19-11f1-a688-db22c99ef6c4",
    published: AT,
    eventType,
    version: "0",
    displayMessage: known?.message ?? sentence(eventType),
    severity: "INFO",
    client: {
      userAgent: {
        rawUserAgent: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)",
        os: "Mac OS X",
        browser: "CHROME",
      },
      zone: "null",
      device: "Computer",
      id: null,
      ipAddress: "192.0.2.17",
      geographicalContext: null,
      ipChain: [{ ip: "192.0.2.17", geographicalContext: null, version: "V4", source: null }],
    },
    device: null,
    actor: target("00u9admin8Xample7Id64d7", "User", "admin@example.com", "Olivia Admin"),
    outcome: { result: "SUCCESS", reason: null },
    target: targetsFor(eventType),
    transaction: { type: "WEB", id: REQUEST_ID, detail: {} },
    debugContext: { debugData: { requestId: REQUEST_ID, requestUri: uri, url: `${uri}?`, ...changed } },
    legacyEventType: known?.legacy ?? null,
    authenticationContext: {
      authenticationProvider: null,
      credentialProvider: null,
      credentialType: null,
      issuer: null,
      authenticationStep: 0,
      externalSessionId: "trsSampleSession1d7",
      interface: null,
    },
    securityContext: { asNumber: null, asOrg: null, isp: null, domain: null, isProxy: null },
    insertionTimestamp: null,
    envelope: {
      eventId: "85b60edb-4263-4e13-993b-818e26201052",
      eventTime: "2026-11-20T09:15:01.093Z",
      source: "https://example.okta.com/api/v1/eventHooks/who1sample2hook3Id4d7",
    },
  };
}

function target(id: string, type: string, alternateId: string, displayName: string): JsonObject {
  return { id, type, alternateId, displayName, detailEntry: null };
}

function targetsFor(eventType: string): JsonObject[] {
  const matching = TARGETS.filter(([prefix]) => eventType.startsWith(prefix));
  const longest = matching.reduce(
    (best, one) => (one[0].length > best[0].length ? one : best),
    ["", [] as JsonObject[]],
  );
  return longest[1];
}

/** "system.idp.key.create" → "System idp key create". */
function sentence(eventType: string): string {
  const words = eventType.replaceAll(/[._]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
