import { randomBytes, randomUUID } from "node:crypto";
import type { ConnectionView } from "../../api/connections.ts";
import { CardError } from "../../cards/errors.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { audit } from "../audit/audit.ts";
import { database } from "../db/client.ts";
import { env } from "../env/env.ts";
import { ApiProblem } from "../http/problem.ts";
import { tokenAuthorizer } from "../okta/authorizer.ts";
import { createOktaClient } from "../okta/okta-http-client.ts";
import { OrgUrlError, parseOrgUrl } from "../okta/org-url.ts";
import { askOrg, type OrgIdentity } from "./ask-org.ts";
import { connectionView } from "./connection-view.ts";
import { type Credentials, sealCredentials } from "./credentials.ts";
import { connectionById } from "./find-connection.ts";
import { syncHook } from "./hook.ts";
import { intakeModeFor } from "./intake-mode.ts";

export interface NewConnection {
  name: string;
  alias: string;
  orgUrl: string;
  token: string;
}

/**
 * Connects an Okta org: the token is tried first, nothing is stored when the org refuses it. Then the org's event hook
 * is registered; where that fails the connection stands all the same and says so.
 * @throws ApiProblem bad-request for an address that can't be used, upstream-failed when the org does not accept the
 *   token, conflict when the alias is taken
 */
export async function createConnection(actor: Actor, input: NewConnection): Promise<ConnectionView> {
  authorize(actor, "connections.manage");
  const orgUrl = readOrgUrl(input.orgUrl);
  const credentials: Credentials = { kind: "apiToken", token: input.token };
  const identity = await tryToken(orgUrl, input.token);
  const createdById = actor.kind === "user" ? actor.id : undefined;
  const id = await insertConnection({
    ...input,
    orgUrl,
    credentials,
    identity,
    createdBy: actor.name,
    createdById,
  });
  await audit(actor, "connection.create", id, { alias: input.alias, orgUrl });
  await syncHook(id);
  return connectionView(await connectionById(id));
}

/** The origin of an org. @throws ApiProblem bad-request */
export function readOrgUrl(text: string): string {
  try {
    return parseOrgUrl(text, { allowLoopback: env().allowLoopbackOrgs });
  } catch (error) {
    if (!(error instanceof OrgUrlError)) throw error;
    throw new ApiProblem("bad-request", error.message, {
      problems: [{ path: "body.orgUrl", message: error.message }],
    });
  }
}

/** Asks the org with an API token. @throws ApiProblem upstream-failed with what the org said */
export async function tryToken(orgUrl: string, token: string): Promise<OrgIdentity> {
  try {
    return await askOrg(createOktaClient({ orgUrl, authorizer: tokenAuthorizer(token) }), "token");
  } catch (error) {
    if (!(error instanceof CardError)) throw error;
    const unauthorized = error.details.kind === "unauthorized";
    throw new ApiProblem(
      "upstream-failed",
      unauthorized
        ? `${new URL(orgUrl).host} does not accept this API token.`
        : `${new URL(orgUrl).host}: ${error.message}`,
      {
        hint: unauthorized
          ? "Create a new token in Okta: Security, API, Tokens."
          : (error.details.hint ?? "Check the domain."),
      },
    );
  }
}

export interface InsertedConnection {
  name: string;
  alias: string;
  orgUrl: string;
  credentials: Credentials;
  identity: OrgIdentity & AppIdentity;
  createdBy: string;
  /** Id of the account that made it; none for the one that comes with the product or is made by a program. */
  createdById?: string;
}

/** What is shown of a connection that is an app's; nothing of it for an API token. */
interface AppIdentity {
  auth?: string;
  clientId?: string;
  publicKey?: Record<string, string>;
  scopes?: string[];
  tokenExpiresAt?: Date;
}

/** Stores a connection. @throws ApiProblem conflict when the alias is taken */
export async function insertConnection(input: InsertedConnection): Promise<string> {
  const { name, alias, orgUrl, credentials, identity, createdBy, createdById } = input;
  const id = randomUUID();
  const taken = await database().prisma.connection.findUnique({ where: { alias } });
  if (taken) throw aliasTaken(alias);
  try {
    await database().prisma.connection.create({
      data: {
        id,
        alias,
        name,
        connector: "okta",
        orgUrl,
        ...identity,
        ...sealCredentials(id, credentials),
        intake: intakeModeFor(orgUrl).mode,
        endpointId: randomBytes(24).toString("base64url"),
        createdBy,
        createdById,
      },
    });
  } catch (error) {
    // Two at once: the unique index decides.
    if (await database().prisma.connection.findUnique({ where: { alias } })) throw aliasTaken(alias);
    throw error;
  }
  return id;
}

/** The conflict of two connections with one alias. */
export function aliasTaken(alias: string): ApiProblem {
  const message = `There is a connection with the alias "${alias}" already.`;
  return new ApiProblem("conflict", message, { hint: "Choose another alias." });
}
