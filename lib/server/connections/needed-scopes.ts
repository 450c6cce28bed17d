import { registry } from "../../registry.ts";
import { database } from "../db/client.ts";

/**
 * What every connection needs, whatever its flows do: keeping the event hook, reading the System Log, the org's name, and
 * the pickers and custom attributes of the builder.
 */
export const BASE_SCOPES: readonly string[] = [
  "okta.apps.read",
  "okta.eventHooks.manage",
  "okta.groups.read",
  "okta.linkedObjects.read",
  "okta.logs.read",
  "okta.orgs.read",
  "okta.schemas.read",
  "okta.users.read",
];

/** Every scope some card asks for, and the ones of every connection: what may be asked for ahead. */
export function knownScopes(): string[] {
  const ofCards = registry.cards.flatMap(({ description }) => description.scopes);
  return [...new Set([...BASE_SCOPES, ...ofCards])].sort();
}

/** The scopes the flows that name a connection need, in their drafts and their live versions. Sorted, none twice. */
export async function neededScopes(alias: string): Promise<string[]> {
  const used = await database().prisma.$queryRaw<{ card: string | null }[]>`
    select distinct card.value ->> 'card' as card
    from flows f left join flow_versions v on v.id = f.live_version_id
    cross join lateral (values (f.draft), (v.document)) as d (document)
    cross join lateral jsonb_each(d.document -> 'cards') as card
    where f.deleted_at is null and card.value ->> 'connection' = ${alias}`;
  const scopes = used.flatMap(({ card }) => (card ? (registry.card(card)?.description.scopes ?? []) : []));
  return withoutCovered([...BASE_SCOPES, ...scopes]);
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
