import type { z } from "zod";
import type { ConnectionView, updateConnection as endpoint } from "../../api/connections.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { audit } from "../audit/audit.ts";
import { database } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import { markConnected } from "./connection-state.ts";
import { connectionView } from "./connection-view.ts";
import { tryToken } from "./create-connection.ts";
import { sealCredentials } from "./credentials.ts";
import { connectionById } from "./find-connection.ts";
import { syncHook } from "./hook.ts";
import { whileTokensRest } from "./renew-tokens.ts";
import { revokeTokensOf } from "./revoke-credentials.ts";

/**
 * Renames a connection, gives it a new token, changes how much of its org flows may use, or which attributes of its people
 * are hidden; running executions hear of that within seconds. A token is tried before it replaces the old one, and mends a broken
 * connection.
 * @throws ApiProblem not-found, upstream-failed
 */
export async function updateConnection(
  actor: Actor,
  id: string,
  change: z.output<NonNullable<typeof endpoint.body>>,
): Promise<ConnectionView> {
  authorize(actor, "connections.manage");
  const connection = await connectionById(id);
  const { token, ...given } = change;
  const settings = { ...given, ...(given.hiddenAttributes ? hiddenOnce(given.hiddenAttributes) : {}) };
  if (token !== undefined) {
    const identity = await tryToken(connection.orgUrl, token);
    await whileTokensRest(id, async () => {
      const before = await connectionById(id);
      const sealed = sealCredentials(id, { kind: "apiToken", token });
      const by = { createdBy: actor.name, createdById: actor.kind === "user" ? actor.id : null };
      await markConnected(id, { ...identity, ...sealed, ...WITHOUT_APP, ...by }, actor.name);
      // An API token that was replaced may serve something else; its admin ends it in Okta.
      if (before.auth !== "token") await revokeTokensOf(before);
    });
    await syncHook(id);
  }
  await database().prisma.connection.update({ where: { id }, data: settings });
  const { name, ...others } = settings;
  await audit(actor, "connection.update", id, {
    renamed: name !== undefined,
    newToken: token !== undefined,
    ...others,
  });
  return connectionView(await connectionById(id));
}

function hiddenOnce(names: readonly string[]): { hiddenAttributes: string[] } {
  return { hiddenAttributes: [...new Set(names)].toSorted() };
}

/** What a connection that was an app's is no more. */
const WITHOUT_APP = {
  auth: "token",
  clientId: null,
  publicKey: Prisma.DbNull,
  scopes: [] as string[],
  tokenExpiresAt: null,
};

/** Registers and verifies the event hook again, and says how it went on the connection. */
export async function registerHook(actor: Actor, id: string): Promise<ConnectionView> {
  authorize(actor, "connections.manage");
  await connectionById(id);
  await syncHook(id);
  return connectionView(await connectionById(id));
}
