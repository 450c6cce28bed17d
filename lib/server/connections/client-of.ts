import type { OktaClient } from "../../connectors/okta/client.ts";
import type { Exchange } from "../../engine/execution.ts";
import { createOktaClient } from "../okta/okta-http-client.ts";
import { type Authorizable, authorizerOf } from "./authorizer-of.ts";

/**
 * A client that acts with a connection's credentials.
 * @throws SecretUnreadableError see `openCredentials`
 */
export function clientOf(connection: Authorizable, observe?: (exchange: Exchange) => void): OktaClient {
  return createOktaClient({ orgUrl: connection.orgUrl, authorizer: authorizerOf(connection), observe });
}
