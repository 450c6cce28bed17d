import type { JsonObject } from "../../../flow/json.ts";
import { SAMPLE_DETAILS } from "./sample-details.ts";
import { SAMPLE_ADMIN, SAMPLE_SYSTEM, SAMPLE_USER, sampleTargets } from "./sample-targets.ts";

const REQUEST_ID = "ZX8samplerequest2id4AAADSc";
const AT = "2026-11-20T09:15:00.159Z";

const DOERS = { admin: SAMPLE_ADMIN, user: SAMPLE_USER, okta: SAMPLE_SYSTEM };

/**
 * An event of a type as Okta delivers it, with invented people, for trying a flow. The same for the same type: a flow
 * tried twice sees the same event.
 */
export function sampleLogEvent(eventType: string): JsonObject {
  const detail = SAMPLE_DETAILS[eventType] ?? {};
  const { uri = "/api/v1/logs/sample" } = detail;
  return {
    uuid: "f1d0b993-cc19-11f1-a688-db22c99ef6c4",
    published: AT,
    eventType,
    version: "0",
    displayMessage: detail.message ?? sentence(eventType),
    severity: detail.severity ?? "INFO",
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
    actor: DOERS[detail.by ?? "admin"],
    outcome: detail.outcome ?? { result: "SUCCESS", reason: null },
    target: sampleTargets(eventType),
    transaction: { type: "WEB", id: REQUEST_ID, detail: {} },
    debugContext: { debugData: { requestId: REQUEST_ID, requestUri: uri, url: `${uri}?`, ...detail.debug } },
    legacyEventType: detail.legacy ?? null,
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
      headers: { accept: "application/json", "content-type": "application/json" },
    },
  };
}

/** "system.idp.key.create" → "System idp key create". */
function sentence(eventType: string): string {
  const words = eventType.replaceAll(/[._]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
