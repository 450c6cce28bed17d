import { createHash } from "node:crypto";
import type { CardDescription } from "#lib/cards/card.ts";
import { catalogue, registry } from "#lib/registry.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { ApiProblem } from "../http/problem.ts";
import { Reply } from "../http/reply.ts";

/** The cards of this build never change while it runs. */
let etag: string | undefined;

/** All cards, hidden ones too: executions show them. Half a megabyte for every open of the builder, hence with a tag: browsers ask again, but load it once. */
export function listCards({ actor }: { actor: Actor }): Reply<{ cards: CardDescription[] }> {
  authorize(actor, "flows.read");
  const answer = { cards: registry.cards.map(({ description }) => description) };
  etag ??= `W/"${createHash("sha256").update(JSON.stringify(answer)).digest("base64url")}"`;
  return new Reply(answer, { etag });
}

/**
 * One card.
 *
 * @throws ApiProblem "not-found"
 */
export function getCard({ actor, params }: { actor: Actor; params: { cardId: string } }): CardDescription {
  authorize(actor, "flows.read");
  const card = catalogue.card(params.cardId);
  if (card === undefined) throw new ApiProblem("not-found", `There is no card "${params.cardId}".`);
  return card;
}
