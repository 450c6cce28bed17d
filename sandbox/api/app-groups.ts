import { bodyObject, isObject, type Json, objectField } from "../http/fields.ts";
import { linkHeaders, page, readCursor, readLimit } from "../http/paging.ts";
import { invalid, notFound, problem } from "../http/problem.ts";
import { type Answer, type Call, type Route, route } from "../http/router.ts";
import { appGroupJson } from "../org/app-view.ts";
import type { AppGroupRecord, AppRecord } from "../org/apps.ts";
import { assignGroup, unassignGroup } from "../org/assignments.ts";
import { groupJson } from "../org/group-view.ts";
import { appParty, groupParty } from "../org/org.ts";
import { appOf } from "./app-access.ts";
import { groupOf } from "./groups.ts";

/** /api/v1/apps/{appId}/groups: which groups have the application. */
export const appGroupRoutes: Route[] = [
  route("GET", "/api/v1/apps/{appId}/groups", listAssignments),
  route("GET", "/api/v1/apps/{appId}/groups/{groupId}", (call) => {
    const app = appOf(call);
    return { status: 200, body: json(call, app, assignmentOf(call, app)) };
  }),
  route("PUT", "/api/v1/apps/{appId}/groups/{groupId}", putAssignment),
  route("PATCH", "/api/v1/apps/{appId}/groups/{groupId}", patchAssignment),
  route("DELETE", "/api/v1/apps/{appId}/groups/{groupId}", deleteAssignment),
];

function listAssignments(call: Call): Answer {
  const app = appOf(call);
  const limit = readLimit(call, 20, 200);
  const q = call.query.get("q")?.toLowerCase();
  const fits = (item: AppGroupRecord) => {
    const name = call.org.groups.byId(item.groupId)?.profile.name.toLowerCase() ?? "";
    return !q || name.startsWith(q);
  };
  const { items, next } = page(app.groups.values(), ({ seq }) => seq, readCursor(call), limit, fits);
  return {
    status: 200,
    body: items.map((item) => json(call, app, item)),
    headers: linkHeaders(call, limit, next),
  };
}

// The body is optional. Putting an assignment that is there changes its priority and profile.
function putAssignment(call: Call): Answer {
  const { org, origin } = call;
  const app = appOf(call);
  const group = groupOf(call);
  const body: Json = isObject(call.body) ? call.body : {};
  const known = app.groups.get(group.id);
  const assignment: AppGroupRecord = {
    groupId: group.id,
    seq: known?.seq ?? org.nextSeq(),
    priority: checkPriority(body.priority ?? known?.priority ?? app.groups.size),
    lastUpdated: org.timestamp(),
    profile: objectField(body, "profile") ?? known?.profile ?? {},
  };
  if (known) change(call, app, assignment);
  else assignGroup(org, app, group, origin, assignment);
  return { status: 200, body: json(call, app, assignment) };
}

// JSON Patch, of which Okta takes two operations. All of them are done, or none.
function patchAssignment(call: Call): Answer {
  const app = appOf(call);
  const known = assignmentOf(call, app);
  const operations: unknown[] = Array.isArray(call.body) ? call.body : [];
  if (operations.length === 0) throw problem("E0000003");
  const patched: AppGroupRecord = { ...known, lastUpdated: call.org.timestamp() };
  for (const operation of operations) patch(patched, bodyObject(operation));
  change(call, app, patched);
  return { status: 200, body: json(call, app, patched) };
}

function patch(assignment: AppGroupRecord, { op, path, value }: Json): void {
  if (op !== "replace" && op !== "remove") throw invalid("op", "op: must be replace or remove");
  const gone = op === "remove";
  if (path === "/priority" && !gone) {
    assignment.priority = checkPriority(value);
    return;
  }
  if (path === "/profile") {
    if (!gone && !isObject(value)) throw invalid("value", "value: must be an object");
    assignment.profile = isObject(value) && !gone ? value : {};
    return;
  }
  const [, name] = /^\/profile\/([^/]+)$/.exec(String(path)) ?? [];
  if (name === undefined) throw invalid("path", `path: '${String(path)}' cannot be changed`);
  const others = Object.entries(assignment.profile).filter(([key]) => key !== name);
  assignment.profile = Object.fromEntries(gone ? others : [...others, [name, value]]);
}

function change({ org, origin }: Call, app: AppRecord, assignment: AppGroupRecord): void {
  app.groups.set(assignment.groupId, assignment);
  const group = org.groups.byId(assignment.groupId);
  const target = [...(group ? [groupParty(group)] : []), appParty(app)];
  org.log.write({ eventType: "group.application_assignment.update", origin, target });
}

function checkPriority(priority: unknown): number {
  if (typeof priority !== "number" || !Number.isInteger(priority) || priority < 0)
    throw invalid("priority", "priority: must be a whole number from 0");
  return priority;
}

function deleteAssignment(call: Call): Answer {
  const app = appOf(call);
  const assignment = assignmentOf(call, app);
  const group = call.org.groups.byId(assignment.groupId);
  if (group) unassignGroup(call.org, app, group, call.origin);
  return { status: 204 };
}

function assignmentOf(call: Call, app: AppRecord): AppGroupRecord {
  const id = call.params.groupId ?? "";
  const assignment = app.groups.get(id);
  if (!assignment) throw notFound(id, "GroupAppAssignment");
  return assignment;
}

function json(call: Call, app: AppRecord, assignment: AppGroupRecord): Json {
  const group = call.query.get("expand") === "group" ? call.org.groups.byId(assignment.groupId) : undefined;
  return appGroupJson(assignment, app, call.org.baseUrl, group && groupJson(group, call.org));
}
