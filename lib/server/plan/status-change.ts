import type { OktaRequest } from "#lib/connectors/okta/client.ts";
import type { PlannedChange } from "#lib/engine/execution.ts";
import { isJsonObject, type Json, type JsonObject } from "#lib/flow/json.ts";
import { ACTION } from "./resource-now.ts";

const USER = /^\/api\/v1\/users\/[^/?]+(?:\/|$)/;

/** A user's life: by step, from which states it leads where. Okta refuses the step in all others. */
const USER_STEPS: Record<string, { from?: readonly string[]; to: string }> = {
  deactivate: { to: "DEPROVISIONED" },
  suspend: { from: ["ACTIVE"], to: "SUSPENDED" },
  unsuspend: { from: ["SUSPENDED"], to: "ACTIVE" },
  unlock: { from: ["LOCKED_OUT"], to: "ACTIVE" },
  expire_password: { from: ["ACTIVE"], to: "PASSWORD_EXPIRED" },
  reset_password: { from: ["ACTIVE", "LOCKED_OUT", "PASSWORD_EXPIRED"], to: "RECOVERY" },
};

/** Rules, applications and the like are on or off. */
const SWITCHES: Record<string, string> = { activate: "ACTIVE", deactivate: "INACTIVE" };

/**
 * The change of state a call asks for by its path. `after` is absent where Okta would refuse it, or only Okta knows.
 *
 * @returns undefined for calls that ask for none, and where the state now is not known
 */
export function afterStatus(
  { method, path: full }: Pick<OktaRequest, "method" | "path">,
  before: JsonObject,
): PlannedChange[] | undefined {
  const path = full.replace(/\?.*$/, "");
  const { status } = before;
  if (typeof status !== "string") return undefined;
  const deletesUser = method === "DELETE" && /^\/api\/v1\/users\/[^/]+$/.test(path);
  if (!deletesUser && !ACTION.test(path)) return undefined;
  const step = deletesUser ? "delete" : path.slice(path.lastIndexOf("/") + 1);
  const after = USER.test(path) ? ofUser(step, status, before.credentials) : SWITCHES[step];
  return [{ field: ["status"], before: status, ...(after === undefined ? {} : { after }) }];
}

function ofUser(step: string, status: string, credentials: Json | undefined): string | undefined {
  // Okta deactivates a user who is to be deleted first; of one who is deactivated nothing is left.
  if (step === "delete") return status === "DEPROVISIONED" ? undefined : "DEPROVISIONED";
  if (step === "activate") {
    if (status !== "STAGED" && status !== "DEPROVISIONED") return undefined;
    // Okta shows of a password only that there is one. Deactivating somebody takes it away.
    const hasPassword = isJsonObject(credentials) && isJsonObject(credentials.password);
    return hasPassword && status === "STAGED" ? "ACTIVE" : "PROVISIONED";
  }
  const known = Object.hasOwn(USER_STEPS, step) ? USER_STEPS[step] : undefined;
  if (known === undefined || status === known.to) return undefined;
  return known.from === undefined || known.from.includes(status) ? known.to : undefined;
}
