import type { CardNode } from "../flow/document.ts";
import type { CardDescription } from "./card.ts";

/** What a card on the canvas is called: the admin's own name, else the catalogue's, else its catalogue id. */
export function cardTitle(
  node: Pick<CardNode, "card" | "title">,
  description: Pick<CardDescription, "title"> | undefined,
): string {
  return node.title || description?.title || node.card;
}
