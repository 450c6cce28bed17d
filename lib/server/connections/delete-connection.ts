import type { DeletedConnection } from "../../api/connections.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { audit } from "../audit/audit.ts";
import { database } from "../db/client.ts";
import { ApiProblem } from "../http/problem.ts";
import { log } from "../log.ts";
import { clientOf } from "./client-of.ts";
import { flowsUsing } from "./connection-usage.ts";
import { connectionById } from "./find-connection.ts";
import { removeHooks } from "./hook.ts";
import { whileTokensRest } from "./renew-tokens.ts";
import { revokeTokensOf } from "./revoke-credentials.ts";

/**
 * Removes the org's hook, revokes the connection's tokens (an API token too) and forgets the secret. An org that can't be reached or no longer accepts
 * the token keeps its hook (its deliveries are then answered 404); the secret is forgotten all the same.
 * @throws ApiProblem not-found; conflict naming the flows that use it
 */
export async function deleteConnection(actor: Actor, id: string): Promise<DeletedConnection> {
  authorize(actor, "connections.manage");
  const connection = await connectionById(id);
  const usedBy = await flowsUsing(connection.alias);
  if (usedBy.length > 0) {
    const names = usedBy.map(({ name }) => `"${name}"`).join(", ");
    throw new ApiProblem("conflict", `${connection.name} is used by ${names}.`, {
      hint: "Give these flows another connection, or delete them, first.",
    });
  }
  const warnings: string[] = [];
  const hooks = await database().prisma.connectionHook.count({ where: { connectionId: id } });
  if (hooks > 0) {
    try {
      await removeHooks(id, clientOf(connection));
    } catch (error) {
      log.warn(
        { connectionId: id, err: error },
        "The event hook of a deleted connection could not be removed.",
      );
      const host = new URL(connection.orgUrl).host;
      warnings.push(
        `The event hook "Flowdeck (${connection.alias})" could not be removed from ${host}. Remove it there; until then its deliveries are refused.`,
      );
    }
  }
  const tokens = await whileTokensRest(id, async () => {
    // Read again: they may have been renewed since, also by the call above.
    const revocation = await revokeTokensOf(await connectionById(id));
    if (revocation.sentence) warnings.push(revocation.sentence);
    await forget(id);
    return revocation.tokens;
  });
  await audit(actor, "connection.delete", id, { alias: connection.alias, tokens: tokens ?? "none" });
  return {
    ok: true,
    tokens: tokens ?? "none",
    ...(warnings.length > 0 ? { warning: warnings.join(" ") } : {}),
  };
}

async function forget(id: string): Promise<void> {
  const { prisma } = database();
  await prisma.$transaction([
    // The history stays readable: what started an execution moves into it before its event goes.
    prisma.$executeRaw`
      update executions x set "trigger" = e.payload, event_id = null
      from events e where e.id = x.event_id and e.connection_id = ${id}::uuid`,
    prisma.connection.delete({ where: { id } }),
    prisma.alarm.updateMany({
      where: { objectId: id, closedAt: null },
      data: { closedAt: new Date(), closedBy: "deletion of the connection" },
    }),
  ]);
}
