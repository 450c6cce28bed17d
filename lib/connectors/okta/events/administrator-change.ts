import type { LookUpCall } from "../../../cards/card.ts";
import { CardError } from "../../../cards/errors.ts";
import type { FlowMemory } from "../../../cards/flow-memory.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../flow/json.ts";
import type { OktaClient } from "../client.ts";
import { path } from "../path.ts";
import { type Conditions, conditions, nameOf } from "./conditions.ts";
import { debugFact, firstTarget } from "./okta-event.ts";

/** Okta sends "grant" for every change that leaves a user an admin role, the loss of one of several too. */
export const USER_GRANT = "user.account.privilege.grant";
/** Okta sends "revoke" when no admin role is left. */
export const USER_REVOKE = "user.account.privilege.revoke";

/** Events about one user that are remembered: enough for all that may arrive out of order. */
const KEPT = 20;
/** Each try that loses means that another event about the same user was looked at meanwhile. */
const MOST_TRIES = 20;
/** Roles given in one go are made within seconds of each other, and of the event that tells it. */
const AT_ONCE_MS = 10_000;

/** What is remembered of an event about a user. */
interface Entry {
  event: string;
  /** When it happened in Okta, milliseconds. */
  at: number;
  /** Whether the user was an administrator after it. */
  admin: boolean;
  /** The flow ran for it. */
  ran: boolean;
}

/**
 * Whether a user became an administrator ("added") or is one no more ("removed"). Okta's events tell that roles changed,
 * not from what: the flow remembers for each user what the events said, in the order they happened, and compares with
 * the one before. The card listens to both event types, or it would miss that the state changed back.
 *
 * Of a user nothing was heard of before, the event says it mostly itself: one role and none lost is a new administrator.
 * Several roles and none lost may be the second of one who had the first: then Okta is asked how old the roles are.
 * Needs okta.roles.read for that.
 */
export function administratorChange(change: "added" | "removed"): Conditions {
  const wanted = change === "added";
  return conditions(
    {},
    async ({ event, client, memory, now }) => {
      const admin = event.eventType === USER_GRANT;
      const user = firstTarget(event, "User");
      const name = user ? nameOf(user) : "the user";
      if (admin !== wanted && (!memory || user === null)) return otherWay(wanted, name);
      // Nothing to compare with: better one alert too many than a new administrator nobody hears of.
      if (!memory || typeof user?.id !== "string" || typeof event.uuid !== "string") return true;
      const published = typeof event.published === "string" ? Date.parse(event.published) : Number.NaN;
      const at = Number.isNaN(published) ? now.getTime() : published;
      const entry = { event: event.uuid, at, admin };
      const ran = await settle(memory, user.id, entry, wanted, () =>
        wasAdministrator(client, event, user, at),
      );
      if (admin !== wanted) return otherWay(wanted, name);
      if (ran) return true;
      return {
        reason: wanted
          ? `${name} was an administrator already, and the flow runs when somebody becomes one.`
          : `${name} was no administrator any more, and the flow runs when somebody ceases to be one.`,
      };
    },
    wanted ? [ROLES_CALL] : [],
  );
}

const ROLES_CALL: LookUpCall = {
  call: "GET /api/v1/users/{userId}/roles",
  when: "where the first event about a user names several roles",
};

function otherWay(wanted: boolean, name: string) {
  return {
    reason: wanted
      ? `${name} has no admin role any more, and the flow runs when somebody becomes an administrator.`
      : `${name} still has admin roles, and the flow runs when none is left.`,
  };
}

/**
 * Writes the event among those of its user, and answers whether the flow runs for it. The same event gets the same answer
 * again; of several workers at the same user one writes and the others look anew.
 * @throws CardError unavailable where that went on and on
 */
async function settle(
  memory: FlowMemory,
  user: string,
  entry: Omit<Entry, "ran">,
  wanted: boolean,
  before: () => Promise<boolean>,
): Promise<boolean> {
  const key = `administrator:${user}`;
  for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
    const known = await memory.mark(key);
    const entries = entriesOf(known);
    const there = entries.find(({ event }) => event === entry.event);
    if (there) return there.ran;
    const earlier = entries.findLast(({ at }) => at <= entry.at);
    const was = earlier?.admin ?? (await before());
    const ran = entry.admin === wanted && was !== entry.admin && !alreadyTold(entries, entry);
    const next = [...entries, { ...entry, ran }].toSorted((one, other) => one.at - other.at).slice(-KEPT);
    if (await memory.setMark(key, known, { entries: next.map((one) => ({ ...one })) })) return ran;
  }
  throw new CardError("A user's admin roles changed so often that the changes could not be told apart.", {
    kind: "unavailable",
    code: "counting",
    sent: false,
  });
}

/** A later event of the same kind arrived first and ran the flow: for the same change, nothing lies between. */
function alreadyTold(entries: Entry[], { at, admin }: Omit<Entry, "ran">): boolean {
  const later = entries.find((one) => one.at > at);
  return later?.admin === admin && later.ran;
}

/** Whether the user was an administrator before an event that is the first heard of them. */
async function wasAdministrator(
  client: OktaClient,
  event: JsonObject,
  user: JsonObject,
  at: number,
): Promise<boolean> {
  // Whoever loses roles had some.
  if (event.eventType !== USER_GRANT || rolesNamed(event, "privilegeRevoked") > 0) return true;
  if (rolesNamed(event, "privilegeGranted") === 1) return false;
  return hasRoleFromBefore(client, String(user.id), at);
}

/** Roles a fact of the event names: "Super administrator, Read-only administrator". */
function rolesNamed(event: JsonObject, fact: string): number {
  const text = debugFact(event, fact);
  return typeof text === "string" ? text.split(",").filter((role) => role.trim() !== "").length : 0;
}

async function hasRoleFromBefore(client: OktaClient, user: string, at: number): Promise<boolean> {
  try {
    const { body } = await client.request({ method: "GET", path: path`/api/v1/users/${{ user }}/roles` });
    return (Array.isArray(body) ? body : []).some(
      (role) =>
        isJsonObject(role) && typeof role.created === "string" && Date.parse(role.created) < at - AT_ONCE_MS,
    );
  } catch (error) {
    // Deleted since: nothing tells any more, and a new administrator is told rather once too often.
    if (error instanceof CardError && error.details.status === 404) return false;
    throw error;
  }
}

function entriesOf(value: Json | undefined): Entry[] {
  const entries = isJsonObject(value) && Array.isArray(value.entries) ? value.entries : [];
  return entries.flatMap((one) =>
    isJsonObject(one) && typeof one.event === "string" && typeof one.at === "number"
      ? [{ event: one.event, at: one.at, admin: one.admin === true, ran: one.ran === true }]
      : [],
  );
}
