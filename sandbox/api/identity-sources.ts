import { bodyObject, isObject, type Json, requiredText } from "../http/fields.ts";
import { invalid, notFound } from "../http/problem.ts";
import { type Answer, type Call, type Route, route } from "../http/router.ts";
import { type AppRecord, isIdentitySource } from "../org/apps.ts";
import {
  IDLE_MS,
  type ImportRow,
  type ImportSession,
  MAX_BYTES,
  MAX_LOADS,
  MAX_ROWS,
  REST_MS,
  sessionJson,
} from "../org/imports.ts";
import { appParty } from "../org/org.ts";
import { runImport } from "../org/run-import.ts";

const SESSIONS = "/api/v1/identity-sources/{identitySourceId}/sessions";

/** /api/v1/identity-sources: users in bulk from a source, in sessions. */
export const identitySourceRoutes: Route[] = [
  route("GET", SESSIONS, (call) => {
    const source = sourceOf(call);
    const active = sessionsOf(call, source).filter(isActive);
    return { status: 200, body: active.map(sessionJson) };
  }),
  route("POST", SESSIONS, createSession),
  route("GET", `${SESSIONS}/{sessionId}`, (call) => ({ status: 200, body: sessionJson(sessionOf(call)) })),
  route("DELETE", `${SESSIONS}/{sessionId}`, closeSession),
  route("POST", `${SESSIONS}/{sessionId}/bulk-upsert`, (call) => load(call, readUpsert)),
  route("POST", `${SESSIONS}/{sessionId}/bulk-delete`, (call) => load(call, readDelete)),
  route("POST", `${SESSIONS}/{sessionId}/start-import`, startImport),
];

const isOpen = ({ status }: ImportSession): boolean => status === "CREATED" || status === "IN_PROGRESS";
const isActive = (session: ImportSession): boolean => isOpen(session) || session.status === "TRIGGERED";

function createSession(call: Call): Answer {
  const { org } = call;
  const source = sourceOf(call);
  const sessions = sessionsOf(call, source);
  if (sessions.some(isOpen))
    throw invalid("identitySourceId", "There is an active import session for this identity source.");
  const last = Math.max(0, ...sessions.map((session) => session.triggeredAt ?? 0));
  if (org.now() - last < REST_MS)
    throw invalid(
      "identitySourceId",
      "A session can be created only five minutes after the last one was triggered.",
    );
  const now = org.timestamp();
  const session: ImportSession = {
    id: org.ids.next("aps"),
    seq: org.nextSeq(),
    sourceId: source.id,
    status: "CREATED",
    created: now,
    lastUpdated: now,
    triggeredAt: null,
    loads: 0,
    rows: [],
  };
  org.imports.set(session.id, session);
  return { status: 201, body: sessionJson(session) };
}

function closeSession(call: Call): Answer {
  const session = sessionOf(call);
  if (!isOpen(session))
    throw invalid(
      "importSessionId",
      "Only a session that is in CREATED or IN_PROGRESS status can be canceled.",
    );
  session.status = "CLOSED";
  session.lastUpdated = call.org.timestamp();
  session.rows = [];
  return { status: 204 };
}

function load(call: Call, readRow: (item: Json) => ImportRow): Answer {
  const session = sessionOf(call);
  if (!isOpen(session))
    throw invalid("importSessionId", "Data can be loaded only into a session that is not triggered yet.");
  if (session.loads >= MAX_LOADS)
    throw invalid("importSessionId", `A session takes at most ${MAX_LOADS} loads.`);
  const body = bodyObject(call.body);
  if (Buffer.byteLength(JSON.stringify(body)) > MAX_BYTES)
    throw invalid("profiles", "profiles: A load must not exceed 200 KB");
  if (body.entityType !== "USERS")
    throw invalid("entityType", "entityType: The field entityType is not valid.");
  const items: unknown[] = Array.isArray(body.profiles) ? body.profiles : [];
  if (items.length === 0 || items.length > MAX_ROWS)
    throw invalid("profiles", `profiles: A load holds 1 to ${MAX_ROWS} profiles`);
  const rows = items.map((item) => readRow(bodyObject(item)));
  session.rows.push(...rows);
  session.loads += 1;
  session.status = "IN_PROGRESS";
  session.lastUpdated = call.org.timestamp();
  return { status: 202 };
}

function readUpsert(item: Json): ImportRow {
  const externalId = readExternalId(item);
  if (!isObject(item.profile)) throw invalid("profile", "profile: The field cannot be left blank");
  const entries = Object.entries(item.profile).map(([name, value]): [string, string | null] => {
    if (value !== null && typeof value !== "string")
      throw invalid("profile", `${name}: All profile values must be strings`);
    return [name, value];
  });
  return { externalId, profile: Object.fromEntries(entries) };
}

const readDelete = (item: Json): ImportRow => ({ externalId: readExternalId(item), profile: null });

function readExternalId(item: Json): string {
  const id = requiredText(item, "externalId");
  if (id.length > 512) throw invalid("externalId", "externalId: The field cannot exceed 512 characters");
  return id;
}

// TRIGGERED at once, COMPLETED a moment later.
function startImport(call: Call): Answer {
  const { org, origin } = call;
  const source = sourceOf(call);
  const session = sessionOf(call);
  if (session.status !== "IN_PROGRESS")
    throw invalid("importSessionId", "Only a session with loaded data can be triggered.");
  session.status = "TRIGGERED";
  session.triggeredAt = org.now();
  session.lastUpdated = org.timestamp();
  org.log.write({
    eventType: "system.import.start",
    origin,
    target: [appParty(source)],
    debugData: { sessionId: session.id, importType: "INCREMENTAL" },
  });
  org.later.run(() => runImport(org, source, session, origin));
  return { status: 200, body: sessionJson(session) };
}

function sourceOf(call: Call): AppRecord {
  const id = call.params.identitySourceId ?? "";
  const source = call.org.apps.get(id);
  if (!source || !isIdentitySource(source)) throw notFound(id, "IdentitySource");
  return source;
}

function sessionsOf(call: Call, source: AppRecord): ImportSession[] {
  const sessions = [...call.org.imports.values()].filter((session) => session.sourceId === source.id);
  for (const session of sessions) expire(call, session);
  return sessions;
}

function sessionOf(call: Call): ImportSession {
  const id = call.params.sessionId ?? "";
  const session = call.org.imports.get(id);
  if (!session || session.sourceId !== sourceOf(call).id) throw notFound(id, "IdentitySourceSession");
  expire(call, session);
  return session;
}

function expire(call: Call, session: ImportSession): void {
  const idle = call.org.now() - Date.parse(session.lastUpdated);
  if (session.status === "CREATED" && idle > IDLE_MS) session.status = "EXPIRED";
}
