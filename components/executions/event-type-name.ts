import type { Catalogue } from "#lib/cards/registry.ts";

/**
 * What an event type, or the id of the card that started without one, is called: the title of the card that listens to it ("User Added to Group"), else Okta's own name
 * made readable: the last two parts, so that "user.session.start" is "Session start".
 */
export function eventTypeName(eventType: string, catalogue: Catalogue | undefined): string {
  const card =
    catalogue?.card(eventType) ??
    catalogue?.cards.find((description) => description.eventTypes?.includes(eventType));
  if (card) return card.title;
  const words = eventType.split(".").slice(-2).join(" ").replaceAll("_", " ").trim();
  return words === "" ? eventType : words.charAt(0).toUpperCase() + words.slice(1);
}
