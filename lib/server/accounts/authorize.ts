import { USER_ROLES } from "../../api/accounts.ts";
import { PERMISSIONS, type Permission } from "../../api/endpoint.ts";
import { ApiProblem } from "../http/problem.ts";
import type { Actor, Role, UserRole } from "./actor.ts";

/**
 * The whole table of rights. A new permission does not compile until every role has an answer for it.
 *
 * Tokens lack `settings.manage`: with it a leaked token could make itself successors that outlive its being revoked.
 * Admins lack `accounts.manage`: only an owner decides who is in this console.
 * Viewers have the rights to read and no others: nothing they send changes anything or makes a call to an org.
 */
const RIGHTS: Record<Role, Record<Permission, boolean>> = {
  owner: {
    "flows.read": true,
    "flows.write": true,
    "flows.publish": true,
    "executions.read": true,
    "executions.run": true,
    "connections.read": true,
    "connections.manage": true,
    "settings.manage": true,
    "accounts.manage": true,
  },
  admin: {
    "flows.read": true,
    "flows.write": true,
    "flows.publish": true,
    "executions.read": true,
    "executions.run": true,
    "connections.read": true,
    "connections.manage": true,
    "settings.manage": true,
    "accounts.manage": false,
  },
  viewer: {
    "flows.read": true,
    "flows.write": false,
    "flows.publish": false,
    "executions.read": true,
    "executions.run": false,
    "connections.read": true,
    "connections.manage": false,
    "settings.manage": false,
    "accounts.manage": false,
  },
  token: {
    "flows.read": true,
    "flows.write": true,
    "flows.publish": true,
    "executions.read": true,
    "executions.run": true,
    "connections.read": true,
    "connections.manage": true,
    "settings.manage": false,
    "accounts.manage": false,
  },
};

/** Whether the actor's role has this right. */
export function can(actor: Pick<Actor, "role">, permission: Permission): boolean {
  return RIGHTS[actor.role][permission];
}

/** All rights of a role, for the console to offer no more than these. */
export function permissionsOf(role: Role): Permission[] {
  return PERMISSIONS.filter((permission) => RIGHTS[role][permission]);
}

/**
 * For services: call it before every read and write, whoever calls the service.
 *
 * @throws ApiProblem "forbidden" when the actor's role lacks this right
 */
export function authorize(actor: Actor, permission: Permission): void {
  if (can(actor, permission)) return;
  throw new ApiProblem("forbidden", `${REFUSALS[actor.role]} (${permission} is needed).`, {
    hint: actor.kind === "token" ? "Sign in to the console to do it." : "Ask the owner of this console.",
  });
}

const REFUSALS: Record<Role, string> = {
  owner: "Your account may not do this",
  admin: "Your account may not do this",
  viewer: "Your account may only look",
  token: "An API token may not do this",
};

/** The role as it stands in the database. An unknown one is refused rather than guessed. */
export function isUserRole(role: string): role is UserRole {
  return USER_ROLES.some((known) => known === role);
}
