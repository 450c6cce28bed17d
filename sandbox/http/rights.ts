/** A kind of write: which methods on which path templates. */
interface Area {
  methods: readonly string[];
  templates: RegExp;
}

const WRITES = ["POST", "PUT", "PATCH", "DELETE"];
const area = (templates: RegExp, methods = WRITES): Area => ({ methods, templates });

const ROLES = area(/^\/api\/v1\/(iam\/|(users|groups)\/[^/]+\/roles)/);
const USERS = area(
  /^\/api\/v1\/users(\/[^/]+(\/(lifecycle|credentials|sessions|factors|linkedObjects).*)?)?$/,
);
const CREDENTIALS = area(
  /^\/api\/v1\/users\/[^/]+\/(credentials\/.*|sessions|factors\/.*|lifecycle\/(unlock|reset_password|expire_password.*|reset_factors))$/,
);
const LIFECYCLE = area(/^\/api\/v1\/users\/[^/]+\/lifecycle\/.*$/);
const LIFECYCLE_DELETE = area(/^\/api\/v1\/users\/[^/]+$/, ["DELETE"]);
const GROUPS = area(/^\/api\/v1\/groups(\/(?!rules)[^/]+(\/users\/.*)?)?$/);
const MEMBERS = area(/^\/api\/v1\/groups\/[^/]+\/users\/.*$/);
const APPS = area(/^\/api\/v1\/apps/);
const ASSIGNMENTS = area(/^\/api\/v1\/apps\/[^/]+\/(users|groups)/);

/** Any admin may give back the token that asks. */
const OWN_TOKEN = "/api/v1/api-tokens/current";

/** What each role or permission lets write. Roles that are not here only look. */
const RIGHTS = new Map<string, readonly Area[]>([
  ["APP_ADMIN", [APPS]],
  ["USER_ADMIN", [USERS, GROUPS]],
  ["GROUP_MEMBERSHIP_ADMIN", [MEMBERS]],
  ["HELP_DESK_ADMIN", [CREDENTIALS]],
  ["okta.users.manage", [USERS]],
  ["okta.users.create", [area(/^\/api\/v1\/users$/)]],
  ["okta.users.userprofile.manage", [area(/^\/api\/v1\/users\/[^/]+$/, ["POST", "PUT"])]],
  ["okta.users.credentials.manage", [CREDENTIALS]],
  ["okta.users.lifecycle.manage", [LIFECYCLE, LIFECYCLE_DELETE]],
  ["okta.users.lifecycle.unlock", [area(/\/lifecycle\/unlock$/)]],
  ["okta.users.groupMembership.manage", [MEMBERS]],
  ["okta.users.appAssignment.manage", [ASSIGNMENTS]],
  ["okta.groups.manage", [GROUPS]],
  ["okta.groups.create", [area(/^\/api\/v1\/groups$/)]],
  ["okta.groups.members.manage", [MEMBERS]],
  ["okta.groups.appAssignment.manage", [ASSIGNMENTS]],
  ["okta.apps.manage", [APPS]],
  ["okta.apps.assignment.manage", [ASSIGNMENTS]],
]);

/**
 * True when somebody with these standard roles and permissions of custom roles may do it. Anybody with a right may look;
 * a super admin may do everything, an org admin everything but give roles. Resource sets are not weighed: a
 * permission counts for the whole org.
 */
export function mayCall(rights: readonly string[], method: string, template: string): boolean {
  if (method === "GET" || method === "HEAD") return rights.length > 0;
  if (rights.includes("SUPER_ADMIN")) return true;
  if (template === OWN_TOKEN) return rights.length > 0;
  if (rights.includes("ORG_ADMIN") && !ROLES.templates.test(template)) return true;
  return rights.some((right) =>
    (RIGHTS.get(right) ?? []).some(
      ({ methods, templates }) => methods.includes(method) && templates.test(template),
    ),
  );
}
