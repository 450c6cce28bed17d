import { CardError } from "../../cards/errors.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { SecretUnreadableError } from "../secrets/vault.ts";
import { askOrg } from "./ask-org.ts";
import { clientOf } from "./client-of.ts";
import { markConnected } from "./connection-state.ts";
import { openCredentials } from "./credentials.ts";
import { connectionById } from "./find-connection.ts";

export interface ConnectionTest {
  ok: boolean;
  message: string;
  orgName: string | null;
  adminLogin: string | null;
  durationMs: number;
}

/** Asks the org who it is and whose token this is; a good answer mends a broken connection. */
export async function testConnection(actor: Actor, id: string): Promise<ConnectionTest> {
  authorize(actor, "connections.manage");
  const connection = await connectionById(id);
  const started = performance.now();
  const took = () => Math.round(performance.now() - started);
  try {
    const kind = openCredentials(connection).kind;
    const found = await askOrg(clientOf(connection), kind === "apiToken" ? "token" : kind);
    // A scope that is missing must not make the org nameless.
    const orgName = found.orgName ?? connection.orgName;
    const adminLogin = found.adminLogin ?? connection.adminLogin;
    await markConnected(id, { orgName, adminLogin }, actor.name);
    const who = [orgName ?? new URL(connection.orgUrl).host, adminLogin && `as ${adminLogin}`]
      .filter(Boolean)
      .join(", ");
    return { ok: true, message: `Connected to ${who}.`, orgName, adminLogin, durationMs: took() };
  } catch (error) {
    if (!(error instanceof CardError) && !(error instanceof SecretUnreadableError)) throw error;
    const hint = error instanceof CardError ? error.details.hint : undefined;
    const message = hint ? `${error.message} ${hint}` : error.message;
    return { ok: false, message, orgName: null, adminLogin: null, durationMs: took() };
  }
}
