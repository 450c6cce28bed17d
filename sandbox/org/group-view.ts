import { ownAssignments } from "./admin-roles.ts";
import type { GroupRecord } from "./groups.ts";
import type { Org } from "./org.ts";

type Json = Record<string, unknown>;

/** A group as the API answers it. `stats` adds what `expand=stats` asks for. */
export function groupJson(group: GroupRecord, org: Org, stats = false): Json {
  const self = `${org.baseUrl}/api/v1/groups/${group.id}`;
  return {
    id: group.id,
    created: group.created,
    lastUpdated: group.lastUpdated,
    lastMembershipUpdated: group.lastMembershipUpdated,
    objectClass: [group.type === "APP_GROUP" ? "okta:windows_security_principal" : "okta:user_group"],
    type: group.type,
    profile: profileJson(group),
    ...(stats ? { _embedded: { stats: statsOf(group, org) } } : {}),
    _links: {
      logo: ["medium", "large"].map((name) => ({
        name,
        href: `${org.baseUrl}/assets/img/logos/groups/okta-${name}.png`,
        type: "image/png",
      })),
      owners: { href: `${self}/owners` },
      users: { href: `${self}/users` },
      apps: { href: `${self}/apps` },
    },
  };
}

// OktaUserGroupProfile types description as a string, so an empty one is left out, never null.
function profileJson(group: GroupRecord): Json {
  const { name, description } = group.profile;
  return description === null ? { name } : { name, description };
}

function statsOf(group: GroupRecord, org: Org): Json {
  return {
    usersCount: group.members.size,
    appsCount: [...org.apps.values()].filter((app) => app.groups.has(group.id)).length,
    groupPushMappingsCount: 0,
    hasAdminPrivilege: ownAssignments(org, { kind: "group", id: group.id }).length > 0,
    _links: {
      users: { href: `${org.baseUrl}/api/v1/groups/${group.id}/users` },
      apps: { href: `${org.baseUrl}/api/v1/groups/${group.id}/apps` },
    },
  };
}
