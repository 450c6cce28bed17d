import { CardError } from "#lib/cards/errors.ts";
import type { OktaClient } from "#lib/connectors/okta/client.ts";
import type { Connections } from "#lib/engine/ports.ts";
import { holdingClient } from "./holding-client.ts";

/** The connections of a plan: every client they give reads for real and writes nothing. */
export function holdingConnections(connections: Connections): Connections {
  return {
    ...connections,
    holdsWrites: true,
    client: async (connectorId, alias, observe, scopes, mayGoOn) => {
      const client = await connections.client(connectorId, alias, observe, scopes, mayGoOn);
      // Nobody has said how to tell the reads of another system from its writes.
      if (connectorId !== "okta" || !isOktaClient(client)) {
        throw new CardError("A plan can't act through this connection: its writes can't be held back.", {
          kind: "input",
          code: "cannot-plan",
          hint: "Test the flow instead.",
        });
      }
      return holdingClient(client, observe);
    },
  };
}

function isOktaClient(client: unknown): client is OktaClient {
  return typeof client === "object" && client !== null && "request" in client && "pages" in client;
}
