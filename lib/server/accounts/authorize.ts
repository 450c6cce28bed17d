import type { Permission } from "../../api/endpoint.ts";
import { ApiProblem } from "../http/problem.ts";
import type { Actor, Role } from "./actor.ts";

/**
 * The whole table of rights. A new permission does not compile until every role has an answer for it.
 *
 * Tokens lack `settings.manage`: with it a leaked token could make itself successors that outlive its being revoked.
 * Admins lack `accounts.manage`: only an owner decides who is in this console.
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
export function can(actor: Actor, permission: Permission): boolean {
  return RIGHTS[actor.role][permission];
}

/**
 * For services: call it before every read and write, whoever calls the service.
 *
 * @throws ApiProblem "forbidden" when the actor's role lacks this right
 */
export function authorize(actor: Actor, permission: Permission): void {
  if (can(actor, permission)) return;
  throw new ApiProblem("forbidden", `${NAMES[actor.kind]} may not do this (${permission} is needed).`, {
    hint: actor.kind === "token" ? "Sign in to the console to do it." : "Ask the owner of this console.",
  });
}

const NAMES: Record<Actor["kind"], string> = { user: "Your account", token: "An API token" };

/** The role as it stands in the database. An unknown one is refused rather than guessed. */
export function isUserRole(role: string): role is "owner" | "admin" {
  return role === "owner" || role === "admin";
}
