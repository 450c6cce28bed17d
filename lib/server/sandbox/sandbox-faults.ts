import { setSandboxFaults as endpoint, type SandboxFault } from "../../api/sandbox.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { audit } from "../audit/audit.ts";
import { sandboxConnection } from "./find-sandbox.ts";
import { sandboxControl } from "./sandbox-control.ts";

/**
 * Replaces the faults of the sandbox org.
 * @throws ApiProblem not-found without a sandbox org, upstream-failed when it does not answer
 */
export async function setSandboxFaults(
  actor: Actor,
  rules: SandboxFault[],
): Promise<{ rules: SandboxFault[] }> {
  authorize(actor, "connections.manage");
  const connection = await sandboxConnection();
  await audit(actor, "sandbox.act", connection.id, { action: "setFaults" });
  return sandboxControl(connection.orgUrl, endpoint.answer, {
    method: "PUT",
    path: "faults",
    body: { rules },
  });
}
