import type { ConnectionView } from "../../api/connections.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { audit } from "../audit/audit.ts";
import { database } from "../db/client.ts";
import { connectionView } from "./connection-view.ts";
import { tryCredentials } from "./create-connection.ts";
import { type Credentials, sealCredentials } from "./credentials.ts";
import { connectionById } from "./find-connection.ts";
import { syncHook } from "./hook.ts";

/**
 * Renames a connection or gives it a new token. A token is tried before it replaces the old one, and mends a broken
 * connection.
 * @throws ApiProblem not-found, upstream-failed
 */
export async function updateConnection(
  actor: Actor,
  id: string,
  change: { name?: string; token?: string },
): Promise<ConnectionView> {
  authorize(actor, "connections.manage");
  const connection = await connectionById(id);
  const { name, token } = change;
  if (token !== undefined) {
    const credentials: Credentials = { kind: "apiToken", token };
    const identity = await tryCredentials(connection.orgUrl, credentials);
    await database().prisma.connection.update({
      where: { id },
      data: { ...identity, ...sealCredentials(id, credentials), status: "connected", statusDetail: null },
    });
    await syncHook(id);
  }
  if (name !== undefined) await database().prisma.connection.update({ where: { id }, data: { name } });
  await audit(actor, "connection.update", id, { renamed: name !== undefined, newToken: token !== undefined });
  return connectionView(await connectionById(id));
}

/** Registers and verifies the event hook again, and says how it went on the connection. */
export async function registerHook(actor: Actor, id: string): Promise<ConnectionView> {
  authorize(actor, "connections.manage");
  await connectionById(id);
  await syncHook(id);
  return connectionView(await connectionById(id));
}
