import type { z } from "zod";
import type { getSandbox as endpoint } from "../../api/sandbox.ts";
import { CardError } from "../../cards/errors.ts";
import type { OktaClient } from "../../connectors/okta/client.ts";
import { path } from "../../connectors/okta/path.ts";
import { isJsonObject, type Json, type JsonObject } from "../../flow/json.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { clientOf } from "../connections/client-of.ts";
import { ApiProblem } from "../http/problem.ts";
import { sandboxConnection } from "./find-sandbox.ts";

type Answer = z.input<typeof endpoint.answer>;

/**
 * People and groups of the sandbox org, read through its Okta API like any org's.
 * @throws ApiProblem not-found without a sandbox org, upstream-failed when it does not answer
 */
export async function getSandbox(actor: Actor): Promise<Answer> {
  authorize(actor, "connections.read");
  const connection = await sandboxConnection();
  const client = clientOf(connection);
  try {
    const [users, groups] = await Promise.all([
      all(client, "/api/v1/users", { filter: everyStatus() }),
      all(client, "/api/v1/groups"),
    ]);
    const members = await Promise.all(groups.map((group) => memberIds(client, textAt(group, "id"))));
    return {
      url: connection.orgUrl,
      connection: connection.alias,
      people: users.map((user) => person(user, groups, members)),
      groups: groups.map((group, index) => ({
        id: textAt(group, "id"),
        name: textAt(objectAt(group, "profile"), "name"),
        type: textAt(group, "type"),
        members: members[index]?.size ?? 0,
      })),
    };
  } catch (error) {
    if (!(error instanceof CardError)) throw error;
    throw new ApiProblem("upstream-failed", `The sandbox org did not answer: ${error.message}`, {
      hint: "It starts with npm start; wait a moment and try again.",
    });
  }
}

/** Okta's list hides deactivated people unless a filter names their status. */
function everyStatus(): string {
  const statuses = [
    "STAGED",
    "PROVISIONED",
    "ACTIVE",
    "RECOVERY",
    "LOCKED_OUT",
    "PASSWORD_EXPIRED",
    "SUSPENDED",
    "DEPROVISIONED",
  ];
  return statuses.map((status) => `status eq "${status}"`).join(" or ");
}

function person(user: JsonObject, groups: JsonObject[], members: Set<string>[]): Answer["people"][number] {
  const id = textAt(user, "id");
  const profile = objectAt(user, "profile");
  return {
    id,
    name: [textAt(profile, "firstName"), textAt(profile, "lastName")].filter((name) => name !== "").join(" "),
    login: textAt(profile, "login"),
    title: textAt(profile, "title") || null,
    department: textAt(profile, "department") || null,
    userType: textAt(profile, "userType") || null,
    status: textAt(user, "status"),
    groups: groups.flatMap((group, index) => (members[index]?.has(id) ? [textAt(group, "id")] : [])),
  };
}

async function memberIds(client: OktaClient, groupId: string): Promise<Set<string>> {
  const members = await all(client, path`/api/v1/groups/${{ groupId }}/users`);
  return new Set(members.map((member) => textAt(member, "id")));
}

async function all(
  client: OktaClient,
  path: string,
  query: Record<string, string> = {},
): Promise<JsonObject[]> {
  const items: Json[] = [];
  for await (const page of client.pages({ path, query: { limit: 200, ...query } })) items.push(...page);
  return items.filter(isJsonObject);
}

function objectAt(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return isJsonObject(value) ? value : {};
}

function textAt(object: JsonObject, key: string): string {
  const value = object[key];
  return typeof value === "string" ? value : "";
}
