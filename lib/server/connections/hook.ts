import { createHash, createHmac } from "node:crypto";
import { CardError } from "../../cards/errors.ts";
import type { OktaClient } from "../../connectors/okta/client.ts";
import { database } from "../db/client.ts";
import type { Connection, ConnectionHook } from "../db/generated/client.ts";
import { env } from "../env/env.ts";
import { log } from "../log.ts";
import { clientOf } from "./client-of.ts";
import { markBrokenIfRefused } from "./connection-state.ts";
import { endHookAlarm, hookRightHint, raiseHookAlarm } from "./hook-alarm.ts";
import { type HookSettings, listHooks, removeHook } from "./hook-calls.ts";
import { wantedEventTypes } from "./hook-event-types.ts";
import { problemText, receivingHooks, withLimitExplained } from "./hook-problem.ts";
import { hookAddress, intakeModeFor } from "./intake-mode.ts";
import { settleHook } from "./settle-hook.ts";
import { shareEventTypes, TYPES_PER_HOOK } from "./share-event-types.ts";
import { whileLocked } from "./whole-fleet-lock.ts";

/** A hook needs at least one event type. With no flow on, this rare one keeps it registered and verified. */
const IDLE_EVENT_TYPE = "user.lifecycle.create";

/**
 * Makes the org's event hook what it should be: there, verified, and listening to what the flows that are on listen to,
 * as far as hooks can deliver it. The outcome is written to the connection, where people see it; nothing is thrown,
 * because the flow that was turned on stays on, the System Log brings its events meanwhile, and the next round tries
 * again.
 *
 * One hook per org, not one per flow: Okta allows 25 hooks per org, and each publish of some products leaves another. A
 * second one is registered only beyond the event types Okta takes per hook.
 *
 * @param perHook event types per hook; tests take fewer than Okta's 300
 */
export async function syncHook(connectionId: string, perHook = TYPES_PER_HOOK): Promise<void> {
  // Two processes at once would register two hooks.
  await whileLocked(`hook:${connectionId}`, true, async () => {
    const connection = await database().prisma.connection.findUnique({ where: { id: connectionId } });
    if (!connection || intakeModeFor(connection.orgUrl).mode !== "hook") return;
    try {
      await settleAll(connection, clientOf(connection), perHook);
    } catch (error) {
      const hookDetail = problemText(rightNamed(error, connection));
      // The rounds go on every 20 s; one line says it.
      if (connection.hookStatus !== "failed" || connection.hookDetail !== hookDetail) {
        log.warn(
          { connectionId, detail: hookDetail },
          `The event hook of the connection "${connection.alias}" could not be brought up to date. Its card on the Connections page says why.`,
        );
      }
      await save(connectionId, { hookStatus: "failed", hookDetail });
      await raiseHookAlarm(connection, error, hookDetail);
      await markBrokenIfRefused(connection, error);
    }
  });
}

/** Removes a connection's hooks from the org. @throws CardError as every call of the org */
export async function removeHooks(connectionId: string, client: OktaClient): Promise<void> {
  for (const { hookId } of await hooksOf(connectionId)) await removeHook(client, hookId);
}

async function settleAll(connection: Connection, client: OktaClient, perHook: number): Promise<void> {
  await takeOverSecret(connection);
  const rows = await hooksOf(connection.id);
  const atOrg = await listHooks(client);
  const receiving = receivingHooks(atOrg);
  // Known also where there is no room for ours.
  await save(connection.id, { orgHooks: receiving.length });
  const { byHook } = await wantedEventTypes(connection.id);
  const shares = shareEventTypes(
    rows.map(({ eventTypes }) => eventTypes),
    byHook.length > 0 ? byHook : [IDLE_EVENT_TYPE],
    perHook,
  );
  for (const [index, eventTypes] of shares.entries()) {
    const row = rows[index];
    const position = row?.position ?? index;
    if (eventTypes.length === 0) {
      if (row) await giveUp(row, client);
      continue;
    }
    const settings = settingsOf(connection, position, eventTypes);
    await settleHook({ connectionId: connection.id, position, client, settings, row, atOrg }).catch(
      (error: unknown) => withLimitExplained(client, connection.orgUrl, error),
    );
  }
  const ours = new Set((await hooksOf(connection.id)).map(({ hookId }) => hookId));
  const orgHooks = receiving.filter(({ id }) => !ours.has(id)).length + ours.size;
  await save(connection.id, { hookStatus: "verified", hookDetail: null, orgHooks });
  await endHookAlarm(connection.id);
}

/** A refusal for want of an admin role, with the role that is wanted; one for want of a scope names that already. */
function rightNamed(error: unknown, connection: Connection): unknown {
  if (!(error instanceof CardError) || error.details.code !== "E0000006") return error;
  return new CardError(
    error.message,
    { ...error.details, hint: hookRightHint(connection) },
    { cause: error },
  );
}

/** A later hook nothing is left for. The first is kept: registering and verifying anew takes Okta minutes. */
async function giveUp({ connectionId, position, hookId }: ConnectionHook, client: OktaClient): Promise<void> {
  await removeHook(client, hookId);
  await database().prisma.connectionHook.deleteMany({ where: { connectionId, position } });
}

/**
 * Another FLOWDECK_SECRET_KEY makes another secret: hooks that go on sending the old one are refused. They count as
 * unverified until Okta has the new one, however many rounds that takes.
 */
async function takeOverSecret({ id, endpointId, hookSecretHash }: Connection): Promise<void> {
  const secretHash = hashHookSecret(hookSecret(endpointId));
  if (hookSecretHash === secretHash) return;
  const { prisma } = database();
  await prisma.$transaction([
    prisma.connectionHook.updateMany({ where: { connectionId: id }, data: { status: "unverified" } }),
    prisma.connection.updateMany({ where: { id }, data: { hookSecretHash: secretHash } }),
  ]);
}

function settingsOf(connection: Connection, position: number, eventTypes: string[]): HookSettings {
  return {
    // Okta allows no second hook of a name.
    name: `Flowdeck (${connection.alias})${position === 0 ? "" : ` ${position + 1}`}`,
    address: hookAddress(connection),
    secret: hookSecret(connection.endpointId),
    eventTypes,
  };
}

function hooksOf(connectionId: string): Promise<ConnectionHook[]> {
  return database().prisma.connectionHook.findMany({ where: { connectionId }, orderBy: { position: "asc" } });
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

type Outcome = Partial<Pick<Connection, "hookStatus" | "hookDetail" | "orgHooks">>;

async function save(id: string, data: Outcome): Promise<void> {
  // updateMany: a connection deleted meanwhile is no error.
  await database().prisma.connection.updateMany({ where: { id }, data });
}
