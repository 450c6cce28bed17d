import { randomBytes } from "node:crypto";
import { type ClientRecord, seedClients } from "./clients.ts";

/** An authorization code on its way to the token endpoint. */
export interface CodeRecord {
  clientId: string;
  userId: string;
  redirectUri: string;
  scopes: string[];
  challenge: string | null;
  nonce: string | null;
  expiresAt: number;
}

/** A token given out. Times are ms. */
export interface TokenRecord {
  token: string;
  kind: "access" | "refresh";
  /** Tokens of one authorization share it: revoking a refresh token ends them all. */
  family: string;
  clientId: string;
  /** Null for a service app. */
  userId: string | null;
  scopes: string[];
  issuedAt: number;
  expiresAt: number;
  /** Thumbprint of the key a DPoP token is bound to. */
  jkt: string | null;
  /** When a rotation replaced this refresh token. */
  replacedAt: number | null;
}

/** An access token lives one hour in Okta, always. */
export const ACCESS_LIFETIME_MS = 3_600_000;
/** Refresh tokens live a year here; Okta's default is 90 days of use. */
export const REFRESH_LIFETIME_MS = 365 * 86_400_000;
/** How many dead tokens may lie about before they are swept. */
const SWEEP_AT = 5_000;

/** Clients, codes and tokens of the org's authorization server. */
export class OAuthState {
  clients: Map<string, ClientRecord> = seedClients();
  readonly codes = new Map<string, CodeRecord>();
  #tokens = new Map<string, TokenRecord>();
  /** jti of proofs and assertions seen, to the time they may be forgotten. */
  readonly #seen = new Map<string, number>();
  /** The nonce DPoP proofs must carry. */
  readonly nonce = randomBytes(18).toString("base64url");

  tokens(): IterableIterator<TokenRecord> {
    return this.#tokens.values();
  }

  find(token: string): TokenRecord | undefined {
    return this.#tokens.get(token);
  }

  add(record: TokenRecord, now: number): void {
    if (this.#tokens.size >= SWEEP_AT) {
      for (const old of this.#tokens.values()) if (old.expiresAt <= now) this.#tokens.delete(old.token);
    }
    this.#tokens.set(record.token, record);
  }

  /** Ends a token; a refresh token takes everything of its authorization along. */
  revoke(record: TokenRecord): void {
    if (record.kind === "access") this.#tokens.delete(record.token);
    else this.#dropWhere((other) => other.family === record.family);
  }

  revokeUser(userId: string): void {
    this.#dropWhere((token) => token.userId === userId);
  }

  /** False when this id was used before: a proof or assertion counts once. */
  firstUse(id: string, now: number, until: number): boolean {
    const known = this.#seen.get(id);
    if (known !== undefined && known > now) return false;
    if (this.#seen.size >= SWEEP_AT)
      for (const [old, end] of this.#seen) if (end <= now) this.#seen.delete(old);
    this.#seen.set(id, until);
    return true;
  }

  restore(clients: ClientRecord[], tokens: TokenRecord[]): void {
    this.clients = new Map(clients.map((client) => [client.id, client]));
    this.#tokens = new Map(tokens.map((token) => [token.token, token]));
  }

  #dropWhere(fits: (token: TokenRecord) => boolean): void {
    for (const token of this.#tokens.values()) if (fits(token)) this.#tokens.delete(token.token);
  }
}
