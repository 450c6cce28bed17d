import { createHash } from "node:crypto";

/** A token that nobody used for so long is dead. */
const IDLE_MS = 30 * 86_400_000;

/** An SSWS token of an admin. The token itself is not kept. */
export interface ApiTokenRecord {
  id: string;
  name: string;
  /** The admin it acts as. */
  userId: string;
  /** SHA-256 of the token, hexadecimal. */
  digest: string;
  created: string;
  lastUpdated: string;
  /** Milliseconds since the epoch. */
  lastUsed: number;
  /** Where it may be used from; answered as it was set, not enforced. */
  network: Record<string, unknown>;
  /** Made of the environment at every start and reset, so it is not saved. */
  given: boolean;
}

/** The API tokens of an org. */
export class ApiTokenStore {
  readonly #byId = new Map<string, ApiTokenRecord>();
  readonly #byDigest = new Map<string, ApiTokenRecord>();

  all(): IterableIterator<ApiTokenRecord> {
    return this.#byId.values();
  }

  byId(id: string): ApiTokenRecord | undefined {
    return this.#byId.get(id);
  }

  /** The record of a token that is alive at `now`, in ms; this counts as a use of it. */
  use(token: string, now: number): ApiTokenRecord | undefined {
    const found = this.#byDigest.get(digestOf(token));
    if (!found || now > expiresAt(found)) return undefined;
    found.lastUsed = now;
    return found;
  }

  add(record: ApiTokenRecord): void {
    this.#byId.set(record.id, record);
    this.#byDigest.set(record.digest, record);
  }

  remove(record: ApiTokenRecord): void {
    this.#byId.delete(record.id);
    this.#byDigest.delete(record.digest);
  }
}

/** When a token dies if nobody uses it, ms since the epoch. */
export const expiresAt = ({ lastUsed }: ApiTokenRecord): number => lastUsed + IDLE_MS;

/** The form a token is kept in. */
export const digestOf = (token: string): string => createHash("sha256").update(token).digest("hex");

/** A record for a token that begins now. */
export function newApiToken(
  fields: Pick<ApiTokenRecord, "id" | "name" | "userId"> & { token: string; now: number; given?: boolean },
): ApiTokenRecord {
  const { token, now, given = false, ...rest } = fields;
  const created = new Date(now).toISOString();
  const stamps = { created, lastUpdated: created, lastUsed: now };
  return { ...rest, ...stamps, digest: digestOf(token), network: { connection: "ANYWHERE" }, given };
}

/**
 * A token as /api/v1/api-tokens answers it; never the token itself. `tokenWindow` is left out: the pattern Okta's document
 * gives it fits no duration at all.
 */
export function apiTokenJson(record: ApiTokenRecord, baseUrl: string): Record<string, unknown> {
  const { id, name, userId, created, lastUpdated, network } = record;
  return {
    id,
    name,
    clientName: "Okta API",
    userId,
    network,
    created,
    lastUpdated,
    expiresAt: new Date(expiresAt(record)).toISOString(),
    _link: { self: { href: `${baseUrl}/api/v1/api-tokens/${id}`, hints: { allow: ["GET", "DELETE"] } } },
  };
}
