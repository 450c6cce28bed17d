import { CardError } from "../../../cards/errors.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../flow/json.ts";
import type { OktaClient } from "../client.ts";
import { path } from "../path.ts";
import { folded } from "./conditions.ts";

/** What several conditions of one event ask of the same user, read from Okta once. Null where the user is gone. */
export interface Person {
  profile: () => Promise<JsonObject | null>;
  /** Those of the wanted groups, by id or name, that the user is a member of. */
  groupsAmong: (wanted: readonly string[]) => Promise<string[] | null>;
}

/** A user to be asked about. Nothing is called before the first question. */
export function personOf(client: OktaClient, user: string): Person {
  let profile: Promise<JsonObject | null> | undefined;
  return {
    profile: () => {
      profile ??= orGone(async () => {
        const { body } = await client.request({ method: "GET", path: path`/api/v1/users/${{ user }}` });
        return isJsonObject(body) && isJsonObject(body.profile) ? body.profile : {};
      });
      return profile;
    },
    groupsAmong: (wanted) =>
      orGone(async () => {
        const found = new Set<string>();
        for await (const page of client.pages({ path: path`/api/v1/users/${{ user }}/groups` })) {
          for (const one of wanted) if (page.some((group) => isGroup(group, one))) found.add(one);
          if (found.size === wanted.length) break;
        }
        return [...found];
      }),
  };
}

function isGroup(group: Json, wanted: string): boolean {
  if (!isJsonObject(group)) return false;
  const name = isJsonObject(group.profile) ? group.profile.name : undefined;
  return folded(group.id) === folded(wanted) || folded(name) === folded(wanted);
}

async function orGone<Answer>(ask: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof CardError && error.details.status === 404) return null;
    throw error;
  }
}
