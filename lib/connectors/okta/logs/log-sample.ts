import type { JsonObject } from "../../../flow/json.ts";
import { SAMPLE_USER_ID } from "../samples.ts";

/** An entry as GET /api/v1/logs answers. */
export const SAMPLE_LOG_EVENT: JsonObject = {
  uuid: "f1d0b993-cc19-11ed-a688-db22c99ef6c4",
  published: "2026-11-20T10:00:00.159Z",
  eventType: "user.session.start",
  version: "0",
  severity: "INFO",
  legacyEventType: "core.user_auth.login_success",
  displayMessage: "User login to Okta",
  actor: {
    id: SAMPLE_USER_ID,
    type: "User",
    alternateId: "ann.lee@example.com",
    displayName: "Ann Lee",
  },
  target: [{ id: SAMPLE_USER_ID, type: "User", alternateId: "ann.lee@example.com", displayName: "Ann Lee" }],
  outcome: { result: "SUCCESS" },
  client: { ipAddress: "203.0.113.7", device: "Computer", zone: "null" },
  request: { ipChain: [{ ip: "203.0.113.7", version: "V4" }] },
  authenticationContext: { authenticationStep: 0, externalSessionId: "trsZX8sample" },
  securityContext: { asNumber: null, asOrg: null, isp: null, domain: null, isProxy: null },
  transaction: { type: "WEB", id: "ZX8sample", detail: {} },
  debugContext: { debugData: { requestUri: "/api/v1/authn" } },
};
