import { bodyObject, objectField, requiredText, textField } from "../http/fields.ts";
import { invalid, notFound, problem } from "../http/problem.ts";
import { type Answer, type Call, type Route, route } from "../http/router.ts";
import { unassignGroup } from "../org/assignments.ts";
import { groupJson } from "../org/group-view.ts";
import type { GroupRecord } from "../org/groups.ts";
import { groupParty } from "../org/org.ts";
import { applyRules, invalidateRules } from "../org/rule-engine.ts";
import { listGroups } from "./group-list.ts";

/** /api/v1/groups: create, read, list, replace, delete. */
export const groupRoutes: Route[] = [
  route("GET", "/api/v1/groups", listGroups),
  route("POST", "/api/v1/groups", createGroup),
  route("GET", "/api/v1/groups/{groupId}", (call) => ({
    status: 200,
    body: groupJson(groupOf(call), call.org),
  })),
  route("PUT", "/api/v1/groups/{groupId}", replaceGroup),
  route("DELETE", "/api/v1/groups/{groupId}", deleteGroup),
];

/** The group of `/groups/{groupId}`. Throws 404 E0000007. */
export function groupOf(call: Call): GroupRecord {
  const id = call.params.groupId ?? "";
  const group = call.org.groups.byId(id);
  if (!group) throw notFound(id, "UserGroup");
  return group;
}

function createGroup(call: Call): Answer {
  const { org, origin } = call;
  const profile = readProfile(call, null);
  const now = org.timestamp();
  const group: GroupRecord = {
    id: org.ids.next("00g"),
    seq: org.nextSeq(),
    type: "OKTA_GROUP",
    created: now,
    lastUpdated: now,
    lastMembershipUpdated: now,
    profile,
    members: new Map(),
    roles: [],
  };
  org.groups.add(group);
  org.log.write({ eventType: "group.lifecycle.create", origin, target: [groupParty(group)] });
  return { status: 200, body: groupJson(group, org) };
}

// PUT replaces the profile: a description that is not sent is gone.
function replaceGroup(call: Call): Answer {
  const { org, origin } = call;
  const group = groupOf(call);
  if (group.type !== "OKTA_GROUP") throw problem("E0000006");
  const profile = readProfile(call, group);
  const changed = [
    ...(profile.name === group.profile.name ? [] : ["name"]),
    ...(profile.description === group.profile.description ? [] : ["description"]),
  ];
  if (changed.length > 0) {
    org.groups.setProfile(group, profile);
    group.lastUpdated = org.timestamp();
    org.log.write({
      eventType: "group.profile.update",
      origin,
      target: [groupParty(group)],
      debugData: { changedAttributes: changed.join(",") },
    });
  }
  return { status: 200, body: groupJson(group, org) };
}

function deleteGroup(call: Call): Answer {
  const { org, origin } = call;
  const group = groupOf(call);
  if (group.type !== "OKTA_GROUP") throw problem("E0000006");
  for (const app of org.apps.values()) if (app.groups.has(group.id)) unassignGroup(org, app, group, origin);
  const members = [...group.members.keys()];
  org.groups.remove(group);
  org.log.write({ eventType: "group.lifecycle.delete", origin, target: [groupParty(group)] });
  invalidateRules(org, group, origin);
  org.iam.forget({ kind: "group", id: group.id });
  for (const id of members) {
    const user = org.users.byId(id);
    if (user) applyRules(org, user, origin);
  }
  return { status: 204 };
}

const KNOWN = ["name", "description"];

function readProfile(call: Call, owner: GroupRecord | null): GroupRecord["profile"] {
  const given = objectField(bodyObject(call.body), "profile");
  if (!given) throw invalid("profile", "profile: The field cannot be left blank");
  const unknown = Object.keys(given).filter((name) => !KNOWN.includes(name));
  if (unknown.length > 0) {
    throw invalid("profile", ...unknown.map((name) => `Property name '${name}' is not defined in profile`));
  }
  const name = requiredText(given, "name");
  if (name.length > 255) throw invalid("name", "name: The field cannot exceed 255 characters");
  const description = textField(given, "description") ?? null;
  if (description !== null && description.length > 1024)
    throw invalid("description", "description: The field cannot exceed 1024 characters");
  const taken = call.org.groups.byName(name);
  if (taken && taken !== owner) {
    throw invalid("name", "name: An object with this field already exists in the current organization");
  }
  return { name, description };
}
