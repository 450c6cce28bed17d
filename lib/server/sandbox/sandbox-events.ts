import type { z } from "zod";
import {
  injectSandboxEvent as injectEndpoint,
  listSandboxEventTypes as typesEndpoint,
} from "../../api/sandbox.ts";
import { type JsonObject, jsonObjectSchema } from "../../flow/json.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { audit } from "../audit/audit.ts";
import { sandboxConnection } from "./find-sandbox.ts";
import { sandboxControl } from "./sandbox-control.ts";

/**
 * The event types hooks can receive. Others can be injected too, and come into the System Log alone.
 * @throws ApiProblem not-found without a sandbox org, upstream-failed when it does not answer
 */
export async function listSandboxEventTypes(actor: Actor): Promise<z.input<typeof typesEndpoint.answer>> {
  authorize(actor, "connections.read");
  const { orgUrl } = await sandboxConnection();
  return sandboxControl(orgUrl, typesEndpoint.answer, { path: "event-types" });
}

/**
 * A believable event of a type.
 * @throws ApiProblem bad-request for what is not written like an event type
 */
export async function getSandboxEventSample(actor: Actor, eventType: string): Promise<JsonObject> {
  authorize(actor, "connections.read");
  const { orgUrl } = await sandboxConnection();
  const path = `event-types/${encodeURIComponent(eventType)}`;
  return sandboxControl(orgUrl, jsonObjectSchema, { path });
}

/**
 * Writes an event as if it had happened.
 * @throws ApiProblem bad-request that names what is wrong with it
 */
export async function injectSandboxEvent(actor: Actor, event: JsonObject): Promise<{ uuid: string }> {
  authorize(actor, "connections.manage");
  const connection = await sandboxConnection();
  await audit(actor, "sandbox.act", connection.id, { action: "injectEvent" });
  const call = { method: "POST" as const, path: "events", body: event };
  return sandboxControl(connection.orgUrl, injectEndpoint.answer, call);
}
