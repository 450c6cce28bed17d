import { assignmentsOf } from "../org/admin-roles.ts";
import { hookJson } from "../org/hooks.ts";
import { ORG_ID, type Org } from "../org/org.ts";
import { loginOf } from "../org/users.ts";

/** The org in one compact JSON, for a console page that lets a person act in it. */
export function stateSummary(org: Org): Record<string, unknown> {
  return {
    org: { id: ORG_ID, url: org.baseUrl },
    users: [...org.users.all()].map((user) => ({
      id: user.id,
      login: loginOf(user),
      name: `${String(user.profile.firstName)} ${String(user.profile.lastName)}`,
      status: user.status,
      department: user.profile.department ?? null,
      userType: user.profile.userType ?? null,
      title: user.profile.title ?? null,
      managerId: user.profile.managerId ?? null,
      roles: assignmentsOf(org, user).map(({ type }) => type),
      factors: user.factors.length,
      sessions: user.sessions,
    })),
    groups: [...org.groups.all()].map((group) => ({
      id: group.id,
      name: group.profile.name,
      description: group.profile.description,
      type: group.type,
      members: [...group.members.keys()],
    })),
    apps: [...org.apps.values()].map(({ id, name, label, status, users, groups }) => ({
      id,
      name,
      label,
      status,
      users: [...users.keys()],
      /** Of these, who has it only through a group. */
      throughGroup: [...users.values()].flatMap(({ userId, scope }) => (scope === "GROUP" ? [userId] : [])),
      groups: [...groups.keys()],
    })),
    rules: [...org.rules.all()].map(({ id, name, status, expression, groupIds }) => ({
      id,
      name,
      status,
      expression,
      groupIds,
    })),
    hooks: [...org.hooks.all()].map((hook) => {
      const { _links, ...rest } = hookJson(hook, org.baseUrl);
      return rest;
    }),
    log: { lastSeq: org.log.lastSeq, kept: org.log.records.length },
  };
}
