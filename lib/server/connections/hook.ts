import { createHash, createHmac } from "node:crypto";
import { CardError } from "../../cards/errors.ts";
import type { OktaClient } from "../../connectors/okta/client.ts";
import { database } from "../db/client.ts";
import type { Connection } from "../db/generated/client.ts";
import { env } from "../env/env.ts";
import { log } from "../log.ts";
import { clientOf } from "./client-of.ts";
import {
  createHook,
  findHook,
  type HookSettings,
  type HookState,
  readHook,
  removeHook,
  replaceHook,
  verifyHook,
} from "./hook-calls.ts";
import { hookAddress, intakeModeFor } from "./intake-mode.ts";
import { whileLocked } from "./whole-fleet-lock.ts";

/** A hook needs at least one event type. With no flow on, this rare one keeps it registered and verified. */
const IDLE_EVENT_TYPE = "user.lifecycle.create";

/**
 * Makes the org's one event hook what it should be: there, verified, and listening to what the flows that are on listen
 * to. The outcome is written to the connection, where people see it; nothing is thrown, because the flow that was turned
 * on stays on and the next round tries again.
 *
 * One hook per org, not one per flow: Okta allows 25 hooks per org, and each publish of some products leaves another.
 */
export async function syncHook(connectionId: string): Promise<void> {
  // Two processes at once would register two hooks.
  await whileLocked(`hook:${connectionId}`, true, async () => {
    const connection = await database().prisma.connection.findUnique({ where: { id: connectionId } });
    if (!connection || intakeModeFor(connection.orgUrl).mode !== "hook") return;
    const eventTypes = await wantedEventTypes(connectionId);
    try {
      await settle(connection, clientOf(connection), eventTypes);
    } catch (error) {
      const detail = error instanceof Error ? error.message : "The hook could not be registered.";
      log.warn({ connectionId, detail }, "The event hook could not be brought up to date.");
      await save(connectionId, {
        hookStatus: "failed",
        hookDetail:
          error instanceof CardError && error.details.hint ? `${detail} ${error.details.hint}` : detail,
      });
    }
  });
}

async function settle(connection: Connection, client: OktaClient, eventTypes: string[]): Promise<void> {
  const address = hookAddress(connection);
  const secret = hookSecret(connection.endpointId);
  const settings = { name: `Flowdeck (${connection.alias})`, address, secret, eventTypes };
  const secretHash = hashHookSecret(secret);
  // Another FLOWDECK_SECRET_KEY makes another secret: a hook that goes on sending the old one would be refused.
  const sameSecret = connection.hookId !== null && connection.hookSecretHash === secretHash;
  const hook = await currentHook(connection, client, settings);
  await save(connection.id, { hookSecretHash: secretHash });
  let { verified } = hook ?? { verified: false };
  let hookId = hook?.id;
  if (!hook) {
    hookId = await createHook(client, settings);
    await save(connection.id, { hookId, hookStatus: "unverified", hookDetail: null });
  } else if (!sameSecret || hook.address !== address || !sameTypes(hook.eventTypes, eventTypes)) {
    verified = await replaceHook(client, hook.id, settings);
  }
  await save(connection.id, { hookEventTypes: eventTypes });
  if (!verified && hookId) await verifyHook(client, hookId);
  await save(connection.id, { hookStatus: "verified", hookDetail: null });
}

/** The hook as Okta has it now; one that an admin deactivated is removed, so that a new one takes its place. */
async function currentHook(
  connection: Connection,
  client: OktaClient,
  settings: HookSettings,
): Promise<HookState | undefined> {
  const known = connection.hookId ? await readHook(client, connection.hookId) : undefined;
  const hook = known ?? (await findHook(client, settings));
  if (hook && hook.id !== connection.hookId) await save(connection.id, { hookId: hook.id });
  if (!hook || hook.active) return hook;
  await removeHook(client, hook.id);
  return undefined;
}

/**
 * What Okta sends along with every delivery. Derived from the installation's key instead of stored: a changed event
 * list needs it again, because Okta never tells it and un-verifies a hook whose secret changes.
 */
export function hookSecret(endpointId: string): string {
  return createHmac("sha256", env().secretKey).update(`hook secret ${endpointId}`).digest("base64url");
}

/** SHA-256 in hex, as `connections.hook_secret_hash` holds it. */
export function hashHookSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** Event types the flows that are on listen to, sorted. */
async function wantedEventTypes(connectionId: string): Promise<string[]> {
  const listeners = await database().prisma.flowListener.findMany({
    where: { connectionId },
    distinct: ["eventType"],
    select: { eventType: true },
    orderBy: { eventType: "asc" },
  });
  return listeners.length > 0 ? listeners.map(({ eventType }) => eventType) : [IDLE_EVENT_TYPE];
}

function sameTypes(a: string[], b: string[]): boolean {
  return a.length === b.length && a.every((type) => b.includes(type));
}

async function save(
  id: string,
  data: Partial<
    Pick<Connection, "hookId" | "hookStatus" | "hookDetail" | "hookSecretHash" | "hookEventTypes">
  >,
): Promise<void> {
  // updateMany: a connection deleted meanwhile is no error.
  await database().prisma.connection.updateMany({ where: { id }, data });
}
