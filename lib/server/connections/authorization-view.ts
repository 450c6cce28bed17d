import type { ConnectionView } from "../../api/connections.ts";
import { isJsonObject, type JsonObject } from "../../flow/json.ts";
import type { Connection } from "../db/generated/client.ts";
import type { AuthorizationKind } from "../okta/authorizer.ts";
import { missingScopes, neededScopes } from "./needed-scopes.ts";

/** How a connection is authorized, as the API shows it: nothing secret is among it. */
export async function authorizationView(connection: Connection): Promise<ConnectionView["authorization"]> {
  const { auth, alias, clientId, scopes, tokenExpiresAt, createdBy } = connection;
  const common = { clientId, publicKey: publicKeyOf(connection), authorizedBy: createdBy };
  const expiresAt = tokenExpiresAt?.toISOString() ?? null;
  const kind = authKind(auth);
  if (kind === "token") {
    return { ...common, kind, granted: [], needed: [], missing: [], expiresAt };
  }
  const needed = await neededScopes(alias);
  return {
    ...common,
    kind,
    granted: scopes,
    needed,
    missing: missingScopes(scopes, needed),
    expiresAt,
  };
}

/** How a connection is authorized, from what its row says. */
export function authKind(auth: string): AuthorizationKind {
  return auth === "oauth" || auth === "service" ? auth : "token";
}

function publicKeyOf({ publicKey }: Connection): JsonObject | null {
  return isJsonObject(publicKey) ? publicKey : null;
}
