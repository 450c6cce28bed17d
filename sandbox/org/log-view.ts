import { legacyTypeOf } from "./event-texts.ts";
import type { LogRecord, Party } from "./log-record.ts";

type Json = Record<string, unknown>;

/** A LogEvent as the System Log API answers it: `request.ipChain`, and no nulls where Okta's schema has none. */
export function logEventJson(record: LogRecord): Json {
  const { origin } = record;
  const legacyEventType = legacyTypeOf(record.eventType);
  return {
    actor: logParty(record.origin.actor),
    client: {
      ...(origin.userAgent ? { userAgent: userAgent(origin.userAgent) } : {}),
      zone: "null",
      device: "Unknown",
      ...(origin.ip ? { ipAddress: origin.ip } : {}),
    },
    authenticationContext: { authenticationStep: 0, externalSessionId: `trs${origin.requestId}` },
    displayMessage: record.displayMessage,
    eventType: record.eventType,
    outcome: {
      result: record.outcome.result,
      ...(record.outcome.reason ? { reason: record.outcome.reason } : {}),
    },
    published: record.published,
    securityContext: { asNumber: null, asOrg: null, isp: null, domain: null, isProxy: null },
    severity: record.severity,
    debugContext: { debugData: record.debugData },
    ...(legacyEventType ? { legacyEventType } : {}),
    transaction: { type: "WEB", id: origin.requestId, detail: {} },
    uuid: record.uuid,
    version: "0",
    request: { ipChain: ipChain(origin.ip) },
    ...(record.target ? { target: record.target.map(logParty) } : {}),
  };
}

/** The same event as an element of `data.events` in a hook delivery: `client.ipChain`, and nulls spelled out. */
export function hookEventJson(record: LogRecord): Json {
  const { origin } = record;
  return {
    uuid: record.uuid,
    published: record.published,
    eventType: record.eventType,
    version: "0",
    displayMessage: record.displayMessage,
    severity: record.severity,
    client: {
      userAgent: origin.userAgent ? userAgent(origin.userAgent) : null,
      zone: null,
      device: null,
      id: null,
      ipAddress: origin.ip,
      geographicalContext: null,
      ipChain: ipChain(origin.ip),
    },
    device: null,
    actor: hookParty(origin.actor),
    outcome: record.outcome,
    target: record.target ? record.target.map(hookParty) : null,
    transaction: { type: "WEB", id: origin.requestId, detail: {} },
    debugContext: { debugData: record.debugData },
    legacyEventType: legacyTypeOf(record.eventType),
    authenticationContext: {
      authenticationProvider: null,
      credentialProvider: null,
      credentialType: null,
      issuer: null,
      authenticationStep: 0,
      externalSessionId: `trs${origin.requestId}`,
      interface: null,
    },
    securityContext: { asNumber: null, asOrg: null, isp: null, domain: null, isProxy: null },
    insertionTimestamp: null,
  };
}

function logParty(party: Party): Json {
  const { detailEntry, ...rest } = party;
  return detailEntry ? { ...rest, detailEntry } : rest;
}

function hookParty(party: Party): Json {
  return { ...party, detailEntry: party.detailEntry ?? null };
}

function userAgent(raw: string): Json {
  return { rawUserAgent: raw, os: "Unknown", browser: "UNKNOWN" };
}

function ipChain(ip: string | null): Json[] {
  return ip ? [{ ip, version: ip.includes(":") ? "V6" : "V4" }] : [];
}
