import { registry } from "../../registry.ts";
import { database } from "../db/client.ts";

/** A scope, and what it is asked for. */
export interface JustifiedScope {
  scope: string;
  why: string;
}

/** What every connection needs for itself, whatever its flows do. */
export const BASE_SCOPES: readonly JustifiedScope[] = [
  { scope: "okta.eventHooks.manage", why: "registers the event hook, so that events arrive at once" },
  { scope: "okta.logs.read", why: "reads the System Log for events the hook missed or can't deliver" },
];

/**
 * What no flow needs, and who builds flows misses: without them forms take ids and names that are typed, and the page
 * shows the org's address for its name. Offered when an org is connected; asked for only where they are left chosen.
 */
export const SUGGESTED_SCOPES: readonly JustifiedScope[] = [
  { scope: "okta.apps.read", why: "applications to choose from" },
  { scope: "okta.groups.read", why: "groups to choose from" },
  { scope: "okta.orgs.read", why: "the org's name" },
  { scope: "okta.schemas.read", why: "the org's own profile attributes" },
  { scope: "okta.users.read", why: "people to choose from" },
];

/** How long a card that was run by hand counts among those in use. */
const BY_HAND_DAYS = 90;

/** Every scope some card asks for, and the ones of every connection: what may be asked for ahead. */
export function knownScopes(): string[] {
  const ofCards = registry.cards.flatMap(({ description }) => description.scopes);
  return [...new Set([...scopesOf(BASE_SCOPES), ...scopesOf(SUGGESTED_SCOPES), ...ofCards])].sort();
}

/**
 * The scopes a connection needs now: its own, and those of the cards in use on it: in drafts, in live versions, and run by
 * hand in the last 90 days. Sorted, none twice.
 */
export async function neededScopes(alias: string): Promise<string[]> {
  const used = await database().prisma.$queryRaw<{ card: string | null }[]>`
    select card.value ->> 'card' as card
    from flows f left join flow_versions v on v.id = f.live_version_id
    cross join lateral (values (f.draft), (v.document)) as d (document)
    cross join lateral jsonb_each(d.document -> 'cards') as card
    where f.deleted_at is null and card.value ->> 'connection' = ${alias}
    union
    select b.card_id from bulk_runs b
    where b.connection = ${alias} and b.created_at > now() - ${BY_HAND_DAYS} * interval '1 day'`;
  const scopes = used.flatMap(({ card }) => (card ? (registry.card(card)?.description.scopes ?? []) : []));
  return withoutCovered([...scopesOf(BASE_SCOPES), ...scopes]);
}

function scopesOf(justified: readonly JustifiedScope[]): string[] {
  return justified.map(({ scope }) => scope);
}

/** Those of `needed` that `granted` does not cover: a manage scope includes its read scope. */
export function missingScopes(granted: readonly string[], needed: readonly string[]): string[] {
  return needed.filter((scope) => !granted.includes(scope) && !granted.includes(managing(scope)));
}

/** Each scope once, read scopes left out where the manage scope is there, sorted. */
export function withoutCovered(scopes: readonly string[]): string[] {
  const all = new Set(scopes);
  return [...all].filter((scope) => managing(scope) === scope || !all.has(managing(scope))).sort();
}

function managing(scope: string): string {
  return scope.replace(/\.read$/, ".manage");
}
