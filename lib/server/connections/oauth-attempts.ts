import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { database } from "../db/client.ts";
import { privateJwkSchema } from "../okta/oauth/key-pair.ts";
import { SecretUnreadableError, seal, unseal } from "../secrets/vault.ts";

const attemptSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("consent"),
    orgUrl: z.string(),
    clientId: z.string(),
    clientSecret: z.string().optional(),
    redirectUri: z.string(),
    /** PKCE: what the code is worthless without. */
    verifier: z.string(),
    nonce: z.string(),
    /** Of a new connection. */
    name: z.string(),
    alias: z.string(),
  }),
  z.object({ kind: z.literal("key"), key: privateJwkSchema }),
]);
type Attempt = z.infer<typeof attemptSchema>;
type Kind = Attempt["kind"];

/** How long an attempt may take. An admin signs in at once; a public key has to be entered in another console first. */
const LIFETIME_MS: Record<Kind, number> = { consent: 10 * 60_000, key: 60 * 60_000 };

/** An attempt as it was begun. */
export interface Begun<K extends Kind = Kind> {
  /** The connection to authorize again; null for a new one. */
  connectionId: string | null;
  content: Extract<Attempt, { kind: K }>;
}

/**
 * Keeps what an authorization must know again when it goes on. Only a hash of its name is stored, its secrets are
 * sealed, and only the account that began it can go on with it.
 * @returns its name: `state` where an org carries it back
 */
export async function keepAttempt(userId: string, begun: Begun): Promise<{ state: string; expiresAt: Date }> {
  const state = randomBytes(32).toString("base64url");
  const stateHash = hashOf(state);
  const { sealed, keyId } = seal(JSON.stringify(begun.content), placeOf(stateHash));
  const expiresAt = new Date(Date.now() + LIFETIME_MS[begun.content.kind]);
  const { connectionId } = begun;
  await database().prisma.oauthAttempt.create({
    data: { stateHash, connectionId, secret: sealed, secretKeyId: keyId, userId, expiresAt },
  });
  return { state, expiresAt };
}

/** Takes an attempt out: it can't be used a second time. Undefined when it is another's, used, over or none. */
export async function takeAttempt<K extends Kind>(
  userId: string,
  state: string,
  kind: K,
): Promise<Begun<K> | undefined> {
  const begun = await readAttempt(userId, state, kind);
  if (!begun) return undefined;
  // Two at once: only the one whose delete counts has it.
  const { count } = await database().prisma.oauthAttempt.deleteMany({ where: { stateHash: hashOf(state) } });
  return count === 1 ? begun : undefined;
}

/** An attempt that stays usable: a public key may be tried before the admin has entered it. */
export async function readAttempt<K extends Kind>(
  userId: string,
  state: string,
  kind: K,
): Promise<Begun<K> | undefined> {
  const stateHash = hashOf(state);
  const row = await database().prisma.oauthAttempt.findFirst({
    where: { stateHash, userId, expiresAt: { gt: new Date() } },
  });
  if (!row) return undefined;
  const content = opened(row.secret, row.secretKeyId, stateHash);
  return content && isOf(content, kind) ? { connectionId: row.connectionId, content } : undefined;
}

/** Forgets attempts nobody went on with. */
export async function forgetOldAttempts(): Promise<void> {
  await database().prisma.oauthAttempt.deleteMany({ where: { expiresAt: { lte: new Date() } } });
}

function opened(sealed: string, keyId: string, stateHash: string): Attempt | undefined {
  try {
    return attemptSchema.parse(JSON.parse(unseal({ sealed, keyId }, placeOf(stateHash))));
  } catch (error) {
    // Begun before the key was changed: begun anew it works.
    if (error instanceof SecretUnreadableError) return undefined;
    throw error;
  }
}

function isOf<K extends Kind>(content: Attempt, kind: K): content is Extract<Attempt, { kind: K }> {
  return content.kind === kind;
}

function hashOf(state: string): string {
  return createHash("sha256").update(state).digest("hex");
}

function placeOf(stateHash: string): string {
  return `oauth_attempts:${stateHash}`;
}
