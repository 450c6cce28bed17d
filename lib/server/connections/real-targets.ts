import { CardError } from "../../cards/errors.ts";
import type { OktaClient } from "../../connectors/okta/client.ts";
import { isJsonObject, type Json, type JsonObject } from "../../flow/json.ts";
import { database } from "../db/client.ts";
import { SecretUnreadableError } from "../secrets/vault.ts";
import { clientOf } from "./client-of.ts";

/** How somebody or something of the org is found for a target of a type. Anything else stays as it was generated. */
const LOOK_UPS: Record<string, { path: string; query: Record<string, string | number> }> = {
  User: { path: "/api/v1/users", query: { filter: 'status eq "ACTIVE"', limit: 5 } },
  UserGroup: { path: "/api/v1/groups", query: { filter: 'type eq "OKTA_GROUP"', limit: 1 } },
};

/**
 * `withRealTargets` for a connection by its alias. An org that can't be asked, or a card without a connection yet,
 * leaves the event as it was generated: an example still.
 */
export async function withTargetsOf(alias: string | undefined, event: JsonObject): Promise<JsonObject> {
  const connection = alias ? await database().prisma.connection.findUnique({ where: { alias } }) : null;
  if (connection?.connector !== "okta") return event;
  try {
    return await withRealTargets(event, clientOf(connection));
  } catch (error) {
    if (error instanceof CardError || error instanceof SecretUnreadableError) return event;
    throw error;
  }
}

/**
 * A generated event with people and groups that are really in the org. With invented ids the first card that reads the
 * user fails with "not found", and a new admin's first test is a failure that means nothing.
 *
 * The last of a few people is taken: the first is often the admin whose token this is, whom no test should suspend.
 * @throws CardError as every call of the org
 */
export async function withRealTargets(event: JsonObject, client: OktaClient): Promise<JsonObject> {
  const targets = Array.isArray(event.target) ? event.target : [];
  const found = new Map<string, JsonObject>();
  for (const type of new Set(targets.map(typeOf))) {
    const real = type === undefined ? undefined : await lookUp(type, client);
    if (type !== undefined && real) found.set(type, real);
  }
  return {
    ...event,
    target: targets.map((target) => {
      const real = found.get(typeOf(target) ?? "");
      return real && isJsonObject(target) ? { ...target, ...real } : target;
    }),
  };
}

function typeOf(target: Json): string | undefined {
  return isJsonObject(target) && typeof target.type === "string" ? target.type : undefined;
}

async function lookUp(type: string, client: OktaClient): Promise<JsonObject | undefined> {
  const call = LOOK_UPS[type];
  if (!call) return undefined;
  const { body } = await client.request({ method: "GET", ...call });
  const found = Array.isArray(body) ? body.at(-1) : undefined;
  if (!isJsonObject(found) || !isJsonObject(found.profile) || typeof found.id !== "string") return undefined;
  const { login, firstName, lastName, name } = found.profile;
  return type === "User"
    ? { id: found.id, alternateId: login ?? null, displayName: `${firstName ?? ""} ${lastName ?? ""}`.trim() }
    : { id: found.id, displayName: name ?? null };
}
