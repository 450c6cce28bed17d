import type { z } from "zod";
import type { actInSandbox as endpoint } from "../../api/sandbox.ts";
import type { OktaRequest } from "../../connectors/okta/client.ts";
import { path } from "../../connectors/okta/path.ts";
import type { JsonObject } from "../../flow/json.ts";

export type SandboxAction = z.output<NonNullable<typeof endpoint.body>>;
/** Those that are one call of the Okta API. */
export type AdminAction = Exclude<SandboxAction, { action: "reset" | "signIn" | "lockOut" }>;
type Of<Name extends AdminAction["action"]> = Extract<AdminAction, { action: Name }>;

/** The call of the Okta API an admin's click in Okta's own console would come down to. */
export function callFor(action: AdminAction): OktaRequest {
  switch (action.action) {
    case "addToGroup":
    case "removeFromGroup": {
      const { groupId, userId } = action;
      const method = action.action === "addToGroup" ? "PUT" : "DELETE";
      return { method, path: path`/api/v1/groups/${{ groupId }}/users/${{ userId }}` };
    }
    case "createGroup":
      return {
        method: "POST",
        path: "/api/v1/groups",
        body: { profile: filled(action, ["name", "description"]) },
      };
    case "deleteGroup":
      return { method: "DELETE", path: path`/api/v1/groups/${{ groupId: action.groupId }}` };
    case "activateRule":
    case "deactivateRule": {
      const { ruleId } = action;
      const step = action.action === "activateRule" ? "activate" : "deactivate";
      return { method: "POST", path: path`/api/v1/groups/rules/${{ ruleId }}/lifecycle/${{ step }}` };
    }
    case "activateApp":
    case "deactivateApp": {
      const { appId } = action;
      const step = action.action === "activateApp" ? "activate" : "deactivate";
      return { method: "POST", path: path`/api/v1/apps/${{ appId }}/lifecycle/${{ step }}` };
    }
    case "assignUser":
    case "unassignUser":
    case "assignGroup":
    case "unassignGroup":
      return assignmentCall(action);
    default:
      return userCall(action);
  }
}

function assignmentCall(
  action: Of<"assignUser" | "unassignUser" | "assignGroup" | "unassignGroup">,
): OktaRequest {
  const { appId } = action;
  if ("groupId" in action) {
    const at = path`/api/v1/apps/${{ appId }}/groups/${{ groupId: action.groupId }}`;
    return action.action === "assignGroup"
      ? { method: "PUT", path: at, body: {} }
      : { method: "DELETE", path: at };
  }
  const { userId } = action;
  return action.action === "assignUser"
    ? { method: "POST", path: path`/api/v1/apps/${{ appId }}/users`, body: { id: userId, scope: "USER" } }
    : { method: "DELETE", path: path`/api/v1/apps/${{ appId }}/users/${{ userId }}` };
}

/** Okta's own names of the lifecycle steps, and that nobody should get an email. */
const LIFECYCLE = {
  activate: { step: "activate", query: { sendEmail: false } },
  reactivate: { step: "reactivate", query: { sendEmail: false } },
  deactivate: { step: "deactivate", query: {} },
  suspend: { step: "suspend", query: {} },
  unsuspend: { step: "unsuspend", query: {} },
  unlock: { step: "unlock", query: {} },
  resetPassword: { step: "reset_password", query: { sendEmail: false } },
  expirePassword: { step: "expire_password", query: {} },
  resetFactors: { step: "reset_factors", query: {} },
} as const;

type UserAction = Of<
  keyof typeof LIFECYCLE | "clearSessions" | "deleteUser" | "updateProfile" | "createUser"
>;

function userCall(action: UserAction): OktaRequest {
  if (action.action === "createUser") return createCall(action);
  const { userId } = action;
  switch (action.action) {
    case "updateProfile": {
      const profile: JsonObject = {};
      for (const [key, value] of Object.entries(action.profile)) profile[key] = value || null;
      return { method: "POST", path: path`/api/v1/users/${{ userId }}`, body: { profile } };
    }
    case "clearSessions":
      return { method: "DELETE", path: path`/api/v1/users/${{ userId }}/sessions` };
    case "deleteUser":
      return { method: "DELETE", path: path`/api/v1/users/${{ userId }}` };
    default: {
      const { step, query } = LIFECYCLE[action.action];
      return { method: "POST", path: path`/api/v1/users/${{ userId }}/lifecycle/${{ step }}`, query };
    }
  }
}

function createCall(action: Of<"createUser">): OktaRequest {
  const { email, password } = action;
  const names = filled(action, ["firstName", "lastName", "title", "department", "userType"]);
  return {
    method: "POST",
    path: "/api/v1/users",
    query: { activate: true },
    body: {
      profile: { ...names, email, login: email },
      ...(password ? { credentials: { password: { value: password } } } : {}),
    },
  };
}

/** The given keys, those that are empty left out. */
function filled<T extends object, K extends keyof T & string>(from: T, keys: K[]): JsonObject {
  const found: JsonObject = {};
  for (const key of keys) {
    const value = from[key];
    if (typeof value === "string" && value !== "") found[key] = value;
  }
  return found;
}
