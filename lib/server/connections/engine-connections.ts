import { CardError } from "../../cards/errors.ts";
import type { Fields } from "../../cards/field.ts";
import type { HiddenNames } from "../../cards/secret-keys.ts";
import type { OktaClient } from "../../connectors/okta/client.ts";
import type { Connections, WaitingRoom } from "../../engine/ports.ts";
import type { JsonObject } from "../../flow/json.ts";
import { registry } from "../../registry.ts";
import { database } from "../db/client.ts";
import type { Connection } from "../db/generated/client.ts";
import type { Authorizer } from "../okta/authorizer.ts";
import type { CallGate } from "../okta/call-gate.ts";
import { createOktaClient } from "../okta/okta-http-client.ts";
import { SecretUnreadableError } from "../secrets/vault.ts";
import { authorizerOf } from "./authorizer-of.ts";
import { clientOf } from "./client-of.ts";
import { brokenError, markBroken } from "./connection-state.ts";
import { connectionByAlias } from "./find-connection.ts";

/** How long a connection's row is used before it is read again: each card of a busy flow asks for it. */
const FRESH_MS = 2_000;

/** An org's schema changes when an admin changes it: rarely, and never in the middle of a hurry. */
const FIELDS_FRESH_MS = 5 * 60_000;

interface Opened {
  connection: Connection;
  authorizer: Authorizer;
  hidden: HiddenNames;
  until: number;
}

/**
 * The clients that running cards act through. One per process; see `Connections` for the errors.
 *
 * @param gateOf lets the calls of flows through; absent for cards a person tries, which may use what flows leave to others
 */
export function createEngineConnections(
  gateOf?: (connection: Connection, flowId?: string) => CallGate,
): Connections {
  const fresh = new Map<string, Opened>();

  async function open(connectorId: string, alias: string): Promise<Opened> {
    const known = fresh.get(alias);
    if (known && known.until > Date.now()) return known;
    const connection = await database().prisma.connection.findUnique({ where: { alias } });
    if (!connection || connection.connector !== connectorId) throw noConnection(alias);
    if (connection.status === "broken") throw named(brokenError(connection), alias);
    // The same secret, the same authorizer: it has read the key already, and may hold newer tokens than this row.
    const authorizer =
      known?.connection.secret === connection.secret ? known.authorizer : authorizerFor(connection);
    const hidden: HiddenNames = new Set(connection.hiddenAttributes);
    const opened = { connection, authorizer, hidden, until: Date.now() + FRESH_MS };
    fresh.set(alias, opened);
    return opened;
  }

  const fieldsKept = new Map<string, { fields: Promise<Fields>; until: number }>();

  const of = (flowId?: string, room?: WaitingRoom): Connections => ({
    forFlow: of,
    tellsBefore: true,
    fields: (alias, { loaderId, options }) => {
      const key = JSON.stringify([alias, loaderId, options]);
      const kept = fieldsKept.get(key);
      if (kept && kept.until > Date.now()) return kept.fields;
      // An org that can't tell now must not keep the card from running: its values go as they are.
      const fields = readFields(alias, loaderId, options).catch(() => {
        fieldsKept.delete(key);
        return {};
      });
      fieldsKept.set(key, { fields, until: Date.now() + FIELDS_FRESH_MS });
      return fields;
    },
    client: async (connectorId, alias, observe, scopes, mayGoOn, sending) => {
      const { connection, authorizer, hidden } = await open(connectorId, alias);
      const { orgUrl } = connection;
      const gate = gateOf?.(connection, flowId);
      const watching = { observe, mayGoOn, sending, room };
      const client = createOktaClient({ orgUrl, authorizer, gate, scopes, hidden, ...watching });
      return watched(client, async (error) => {
        fresh.delete(alias);
        const refused = await refusedState(connection);
        // Its tokens were revoked with it: an execution that waited for them to be mended would wait for ever.
        if (!refused) throw noConnection(alias, error);
        await markBroken(refused, error.message);
        throw named(error, alias);
      });
    },
  });
  return of();
}

async function readFields(alias: string, loaderId: string, options: JsonObject): Promise<Fields> {
  const loader = registry.loader(loaderId);
  if (loader?.kind !== "fields") return {};
  return loader.load({ client: clientOf(await connectionByAlias(alias)), options });
}

function authorizerFor(connection: Connection): Authorizer {
  try {
    return authorizerOf(connection);
  } catch (error) {
    if (!(error instanceof SecretUnreadableError)) throw error;
    const details = { kind: "unauthorized", code: "secret-unreadable" } as const;
    throw named(new CardError(error.message, details, { cause: error }), connection.alias);
  }
}

/** The error with the connection it is about: what an execution that is parked for it is found by. */
function named(error: CardError, alias: string): CardError {
  const data = { ...error.details.data, connection: alias };
  return new CardError(error.message, { ...error.details, data }, { cause: error });
}

/**
 * The row whose credentials were refused; undefined where it was deleted since. An API token is the one this client was made with. An app's tokens were
 * renewed in between, which the row tells and the one at hand does not.
 */
async function refusedState(connection: Connection): Promise<Connection | undefined> {
  const now = await database().prisma.connection.findUnique({ where: { id: connection.id } });
  if (!now) return undefined;
  return connection.auth === "token" ? connection : now;
}

function noConnection(alias: string, cause?: CardError): CardError {
  return new CardError(
    `There is no connection "${alias}".`,
    {
      kind: "input",
      code: "no-connection",
      hint: "Choose another connection on the card, or connect the org again under this alias.",
    },
    { cause },
  );
}

/** Reports the first sign that the org no longer accepts the credentials. */
function watched(client: OktaClient, onUnauthorized: (error: CardError) => Promise<never>): OktaClient {
  const report = async (error: unknown): Promise<never> => {
    if (error instanceof CardError && error.details.kind === "unauthorized") await onUnauthorized(error);
    throw error;
  };
  return {
    orgTime: client.orgTime,
    request: (request) => client.request(request).catch(report),
    async *pages(request) {
      try {
        yield* client.pages(request);
      } catch (error) {
        await report(error);
      }
    },
  };
}
