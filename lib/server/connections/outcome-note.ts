import { z } from "zod";
import type { Actor } from "../accounts/actor.ts";
import { SecretUnreadableError, seal, unseal } from "../secrets/vault.ts";
import type { Outcome } from "./finish-authorization.ts";

const noteSchema = z.object({
  ok: z.boolean(),
  message: z.string(),
  hint: z.string().optional(),
  until: z.number(),
});

/** Long enough to load a page, so that a bookmark does not tell it again tomorrow. */
const LIFETIME_MS = 60_000;

/**
 * The outcome of an authorization as a value for the address of the connections page. Sealed, because a page that shows
 * whatever its address says can be made to say anything by whoever sends a link.
 */
export function outcomeNote(actor: Actor, outcome: Outcome): string {
  const { sealed, keyId } = seal(
    JSON.stringify({ ...outcome, until: Date.now() + LIFETIME_MS }),
    placeOf(actor),
  );
  return Buffer.from(JSON.stringify([sealed, keyId])).toString("base64url");
}

/** The outcome a note tells its account; undefined for one that is over, another's or made up. */
export function readOutcomeNote(actor: Actor, note: string): Outcome | undefined {
  try {
    const [sealed, keyId] = z
      .tuple([z.string(), z.string()])
      .parse(JSON.parse(Buffer.from(note, "base64url").toString("utf8")));
    const { until, ...outcome } = noteSchema.parse(JSON.parse(unseal({ sealed, keyId }, placeOf(actor))));
    return until > Date.now() ? outcome : undefined;
  } catch (error) {
    const madeUp =
      error instanceof SyntaxError || error instanceof z.ZodError || error instanceof SecretUnreadableError;
    if (madeUp) return undefined;
    throw error;
  }
}

function placeOf(actor: Actor): string {
  return `oauth outcome for ${actor.id}`;
}
