import type { z } from "zod";
import type { actInSandbox as endpoint } from "../../api/sandbox.ts";
import { CardError } from "../../cards/errors.ts";
import type { OktaRequest } from "../../connectors/okta/client.ts";
import { path } from "../../connectors/okta/path.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { audit } from "../audit/audit.ts";
import { clientOf } from "../connections/client-of.ts";
import { syncHook } from "../connections/hook.ts";
import type { Connection } from "../db/generated/client.ts";
import { ApiProblem } from "../http/problem.ts";
import { sandboxConnection } from "./find-sandbox.ts";

type Action = z.output<NonNullable<typeof endpoint.body>>;

/**
 * Does in the sandbox org what an admin would do in Okta's console: one call of the Okta API, so that events follow.
 * @throws ApiProblem not-found without a sandbox org, upstream-failed with what the org said
 */
export async function actInSandbox(actor: Actor, action: Action): Promise<{ ok: true }> {
  authorize(actor, "connections.manage");
  const connection = await sandboxConnection();
  await audit(actor, "sandbox.act", connection.id, { action: action.action });
  if (action.action === "reset") await reset(connection);
  else await send(connection, callFor(action));
  return { ok: true };
}

function callFor(action: Exclude<Action, { action: "reset" }>): OktaRequest {
  switch (action.action) {
    case "addToGroup":
    case "removeFromGroup": {
      const { groupId, userId } = action;
      const method = action.action === "addToGroup" ? "PUT" : "DELETE";
      return { method, path: path`/api/v1/groups/${{ groupId }}/users/${{ userId }}` };
    }
    case "updateProfile":
      return {
        method: "POST",
        path: path`/api/v1/users/${{ userId: action.userId }}`,
        body: { profile: action.profile },
      };
    case "createUser": {
      const { firstName, lastName, email, department, userType } = action;
      const profile = { firstName, lastName, email, login: email };
      return {
        method: "POST",
        path: "/api/v1/users",
        query: { activate: true },
        body: {
          profile: { ...profile, ...(department ? { department } : {}), ...(userType ? { userType } : {}) },
        },
      };
    }
    default:
      return {
        method: "POST",
        path: path`/api/v1/users/${{ userId: action.userId }}/lifecycle/${{ step: action.action }}`,
        query: action.action === "activate" ? { sendEmail: false } : {},
      };
  }
}

async function send(connection: Connection, call: OktaRequest): Promise<void> {
  try {
    await clientOf(connection).request(call);
  } catch (error) {
    if (!(error instanceof CardError)) throw error;
    throw new ApiProblem("upstream-failed", error.message, { hint: error.details.hint });
  }
}

/** Back to how the org began. It forgets its event hooks too, so ours is registered again. */
async function reset(connection: Connection): Promise<void> {
  const response = await fetch(new URL("/sandbox/reset", connection.orgUrl), {
    method: "POST",
    redirect: "manual",
    signal: AbortSignal.timeout(10_000),
  }).catch(() => undefined);
  if (!response?.ok) throw new ApiProblem("upstream-failed", "The sandbox org could not be reset.");
  await syncHook(connection.id);
}
