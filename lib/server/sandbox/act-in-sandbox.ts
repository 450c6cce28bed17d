import { z } from "zod";
import { CardError } from "../../cards/errors.ts";
import type { OktaRequest } from "../../connectors/okta/client.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { audit } from "../audit/audit.ts";
import { clientOf } from "../connections/client-of.ts";
import { syncHook } from "../connections/hook.ts";
import type { Connection } from "../db/generated/client.ts";
import { ApiProblem } from "../http/problem.ts";
import { sandboxConnection } from "./find-sandbox.ts";
import { callFor, type SandboxAction } from "./sandbox-calls.ts";
import { sandboxControl } from "./sandbox-control.ts";

/**
 * Does in the sandbox org what an admin would do in Okta's console: one call of the Okta API, so that events follow.
 * @throws ApiProblem not-found without a sandbox org, conflict or upstream-failed with what the org said
 */
export async function actInSandbox(actor: Actor, action: SandboxAction): Promise<{ ok: true }> {
  authorize(actor, "connections.manage");
  const connection = await sandboxConnection();
  await audit(actor, "sandbox.act", connection.id, { action: action.action });
  switch (action.action) {
    case "reset":
      await reset(connection);
      break;
    case "signIn":
    case "lockOut": {
      const deed = action.action === "signIn" ? "sign-in" : "lock";
      const path = `users/${encodeURIComponent(action.userId)}/${deed}`;
      await sandboxControl(connection.orgUrl, z.unknown(), { method: "POST", path });
      break;
    }
    default:
      await send(connection, callFor(action));
  }
  return { ok: true };
}

async function send(connection: Connection, call: OktaRequest): Promise<void> {
  try {
    await clientOf(connection).request(call);
  } catch (error) {
    if (!(error instanceof CardError)) throw error;
    const { hint, sent } = error.details;
    throw new ApiProblem("upstream-failed", error.message, { hint, ...(sent ? { inDoubt: true } : {}) });
  }
}

/** Back to how the org began. It forgets its event hooks too, so ours is registered again. */
async function reset(connection: Connection): Promise<void> {
  await sandboxControl(connection.orgUrl, z.unknown(), { method: "POST", path: "reset" });
  await syncHook(connection.id);
}
