import type { OktaClient } from "../../connectors/okta/client.ts";
import type { Exchange } from "../../engine/execution.ts";
import { createOktaClient } from "../okta/okta-http-client.ts";
import { authorizationOf, openCredentials, type StoredCredentials } from "./credentials.ts";

/**
 * A client that acts with a connection's credentials.
 * @throws SecretUnreadableError see `openCredentials`
 */
export function clientOf(
  connection: { id: string; orgUrl: string } & StoredCredentials,
  observe?: (exchange: Exchange) => void,
): OktaClient {
  const authorization = authorizationOf(openCredentials(connection));
  return createOktaClient({ orgUrl: connection.orgUrl, authorization, observe });
}
