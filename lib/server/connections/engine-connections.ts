import { CardError } from "../../cards/errors.ts";
import type { Fields } from "../../cards/field.ts";
import type { OktaClient } from "../../connectors/okta/client.ts";
import type { Connections } from "../../engine/ports.ts";
import type { JsonObject } from "../../flow/json.ts";
import { registry } from "../../registry.ts";
import { database } from "../db/client.ts";
import type { Connection } from "../db/generated/client.ts";
import { createOktaClient } from "../okta/okta-http-client.ts";
import { SecretUnreadableError } from "../secrets/vault.ts";
import { clientOf } from "./client-of.ts";
import { authorizationOf, openCredentials } from "./credentials.ts";
import { connectionByAlias } from "./find-connection.ts";

/** How long a connection's row is used before it is read again: each card of a busy flow asks for it. */
const FRESH_MS = 2_000;

/** An org's schema changes when an admin changes it: rarely, and never in the middle of a hurry. */
const FIELDS_FRESH_MS = 5 * 60_000;

/** The clients that running cards act through. One per process; see `Connections` for the errors. */
export function createEngineConnections(): Connections {
  const fresh = new Map<string, { connection: Connection; authorization: string; until: number }>();

  async function open(connectorId: string, alias: string) {
    const known = fresh.get(alias);
    if (known && known.until > Date.now()) return known;
    const connection = await database().prisma.connection.findUnique({ where: { alias } });
    if (!connection || connection.connector !== connectorId) {
      throw new CardError(`There is no connection "${alias}".`, {
        kind: "input",
        code: "no-connection",
        hint: "Choose another connection on the card, or connect the org again under this alias.",
      });
    }
    if (connection.status === "broken") throw brokenError(connection);
    const opened = { connection, authorization: authorizationFor(connection), until: Date.now() + FRESH_MS };
    fresh.set(alias, opened);
    return opened;
  }

  const fieldsKept = new Map<string, { fields: Promise<Fields>; until: number }>();

  return {
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
    client: async (connectorId, alias, observe) => {
      const { connection, authorization } = await open(connectorId, alias);
      const client = createOktaClient({ orgUrl: connection.orgUrl, authorization, observe });
      return watched(client, async (error) => {
        fresh.delete(alias);
        await markBroken(connection.id, error.message);
      });
    },
  };
}

async function readFields(alias: string, loaderId: string, options: JsonObject): Promise<Fields> {
  const loader = registry.loader(loaderId);
  if (loader?.kind !== "fields") return {};
  return loader.load({ client: clientOf(await connectionByAlias(alias)), options });
}

function authorizationFor(connection: Connection): string {
  try {
    return authorizationOf(openCredentials(connection));
  } catch (error) {
    if (!(error instanceof SecretUnreadableError)) throw error;
    throw new CardError(error.message, { kind: "unauthorized", code: "secret-unreadable" }, { cause: error });
  }
}

function brokenError(connection: Connection): CardError {
  return new CardError(
    `The connection "${connection.name}" is broken: ${connection.statusDetail ?? "see its page"}`,
    {
      kind: "unauthorized",
      code: "connection-broken",
      hint: "Mend it on the Connections page, then retry.",
    },
  );
}

/** Reports the first sign that the org no longer accepts the credentials. */
function watched(client: OktaClient, onUnauthorized: (error: CardError) => Promise<void>): OktaClient {
  const report = async (error: unknown): Promise<never> => {
    if (error instanceof CardError && error.details.kind === "unauthorized") await onUnauthorized(error);
    throw error;
  };
  return {
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

/** A broken connection is not called until it is mended: one alarm instead of thousands of failed calls. */
async function markBroken(id: string, detail: string): Promise<void> {
  await database().prisma.connection.updateMany({
    where: { id, status: "connected" },
    data: { status: "broken", statusDetail: detail },
  });
}
