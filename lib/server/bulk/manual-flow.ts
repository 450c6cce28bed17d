import { createHash } from "node:crypto";
import type { CardDescription } from "#lib/cards/card.ts";
import { emptyDocument } from "#lib/flow/document.ts";
import type { Actor } from "../accounts/actor.ts";
import type { Prisma } from "../db/generated/client.ts";

/** What a card's executions by hand belong to. There is one for each card, under an id made of the card's. */
export function manualFlowId(cardId: string): string {
  const hash = createHash("sha256").update(`flowdeck run by hand ${cardId}`).digest("hex");
  // The form of a UUID of version 8: made by a rule of one's own (RFC 9562).
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join("-");
}

/** Makes sure that there is the flow row a card's executions by hand belong to. */
export async function addManualFlow(
  tx: Prisma.TransactionClient,
  { id, title }: CardDescription,
  actor: Actor,
): Promise<void> {
  const draft = JSON.stringify(emptyDocument(title));
  await tx.$executeRaw`
    insert into flows (id, name, kind, draft, created_by, updated_by, updated_at)
    values (${manualFlowId(id)}::uuid, ${title}, 'manual', ${draft}::jsonb, ${actor.name}, ${actor.name}, now())
    on conflict (id) do update set name = excluded.name`;
}
