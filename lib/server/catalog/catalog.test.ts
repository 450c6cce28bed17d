import { describe, expect, it } from "vitest";
import { cardDescriptionSchema } from "../../api/catalog.ts";
import { catalogue } from "../../registry.ts";

describe("what the browser gets of a card", () => {
  it.each(catalogue.cards.map((card) => [card.id, card] as const))("is all of %s", (_, card) => {
    // The schema passes only what it names: a property it lacks would never reach the builder, and nothing would fail.
    expect(cardDescriptionSchema.parse(card)).toEqual(card);
  });
});
