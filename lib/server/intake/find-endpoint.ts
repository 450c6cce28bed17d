import type { Pool } from "pg";
import { perPool } from "../db/per-pool.ts";
import { together } from "../db/together.ts";

/** A connection as its hook's address names it. */
export interface HookEndpoint {
  /** Of the connection. */
  id: string;
  /** SHA-256 of what Okta sends along, in hex; null lets nobody in. */
  secretHash: string | null;
  /** Names of profile attributes that are masked in what it stores, mostly none. */
  hiddenAttributes: readonly string[];
}

/** The connection a hook's address belongs to. Calls that come at the same time share the look-up. */
export async function findEndpoint(pool: Pool, endpointId: string): Promise<HookEndpoint | undefined> {
  // Endpoint ids are URL-safe; anything else is a scan and not worth a query (U+0000 would even be an error).
  if (!/^[\w-]{1,200}$/.test(endpointId)) return undefined;
  return (await finders(pool)(endpointId)) ?? undefined;
}

const finders = perPool((pool) => together((endpointIds: string[]) => find(pool, endpointIds)));

async function find(pool: Pool, endpointIds: string[]): Promise<(HookEndpoint | null)[]> {
  const { rows } = await pool.query<{
    endpoint_id: string;
    id: string;
    hook_secret_hash: string | null;
    hidden_attributes: string[];
  }>({
    name: "hook-endpoints",
    text: `select endpoint_id, id, hook_secret_hash, hidden_attributes
from connections where endpoint_id = any($1::text[])`,
    values: [endpointIds],
  });
  const found = new Map(
    rows.map(({ endpoint_id, id, hook_secret_hash, hidden_attributes }) => [
      endpoint_id,
      { id, secretHash: hook_secret_hash, hiddenAttributes: hidden_attributes },
    ]),
  );
  return endpointIds.map((endpointId) => found.get(endpointId) ?? null);
}
