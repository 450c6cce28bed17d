import type { z } from "zod";
import {
  deliverAgain as againEndpoint,
  listSandboxDeliveries as listEndpoint,
  getSandboxDelivery as oneEndpoint,
  type SandboxDelivery,
} from "../../api/sandbox.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { audit } from "../audit/audit.ts";
import { sandboxConnection } from "./find-sandbox.ts";
import { sandboxControl } from "./sandbox-control.ts";

/**
 * The newest deliveries of the sandbox org to its event hooks.
 * @throws ApiProblem not-found without a sandbox org, upstream-failed when it does not answer
 */
export async function listSandboxDeliveries(actor: Actor): Promise<z.input<typeof listEndpoint.answer>> {
  authorize(actor, "connections.read");
  const { orgUrl } = await sandboxConnection();
  return sandboxControl(orgUrl, listEndpoint.answer, { path: "deliveries" });
}

/**
 * One delivery with the body that went out.
 * @throws ApiProblem not-found too when it is not among the newest any more
 */
export async function getSandboxDelivery(
  actor: Actor,
  id: number,
): Promise<z.input<typeof oneEndpoint.answer>> {
  authorize(actor, "connections.read");
  const { orgUrl } = await sandboxConnection();
  return sandboxControl(orgUrl, oneEndpoint.answer, { path: `deliveries/${id}` });
}

/**
 * Sends a delivery once more and waits for what becomes of it.
 * @throws ApiProblem not-found, or conflict when its hook is gone or off
 */
export async function deliverAgain(actor: Actor, id: number): Promise<SandboxDelivery> {
  authorize(actor, "connections.manage");
  const connection = await sandboxConnection();
  await audit(actor, "sandbox.act", connection.id, { action: "deliverAgain" });
  return sandboxControl(connection.orgUrl, againEndpoint.answer, {
    method: "POST",
    path: `deliveries/${id}/again`,
  });
}
