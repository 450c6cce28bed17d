import { describe, expect, it } from "vitest";
import { catalogue } from "#lib/registry.ts";
import { differences } from "./coverage/differences.ts";
import { UNNAMED } from "./coverage/offer.ts";
import { products } from "./coverage/products.ts";
import { coveragePage } from "./coverage-page.ts";

describe("what other products offer", () => {
  const offers = products.flatMap(({ name, offers }) => offers.map((offer) => ({ product: name, offer })));

  it("is all served by a card there is, an event by an event card and an action by an action card", () => {
    const lost = offers.filter(({ offer: [kind, , id] }) => catalogue.card(id)?.kind !== kind);
    expect(lost).toEqual([]);
  });

  it("is named once per product, kind and card", () => {
    const keys = offers.map(({ product, offer }) => [product, ...offer].join(" | "));
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    // One name for two cards would leave open which of them serves it.
    const named = offers.filter(({ offer }) => offer[1] !== UNNAMED);
    const names = named.map(({ product, offer: [kind, name] }) => `${product} | ${kind} | ${name}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it("is as much as they list: 77 events and 72 actions in all", () => {
    const cards = new Set(offers.map(({ offer: [kind, , id] }) => `${kind} ${id}`));
    const count = (kind: string) => [...cards].filter((card) => card.startsWith(kind)).length;
    expect([count("event"), count("action")]).toEqual([77, 72]);
  });

  it("has every offered Okta card in it", () => {
    const served = new Set(offers.map(({ offer: [, , id] }) => id));
    const ours = catalogue.cards.filter(({ connector, kind }) => connector === "okta" && kind !== "note");
    expect(ours.map(({ id }) => id).filter((id) => !served.has(id))).toEqual([]);
  });

  it("differs only in cards there are", () => {
    expect(Object.keys(differences).filter((id) => !catalogue.card(id))).toEqual([]);
  });
});

describe("coveragePage", () => {
  const text = coveragePage(catalogue.cards);

  it("has one row per card, with each product's name for it", () => {
    expect(text).toContain(
      "| [Update User](cards/okta.users.update.md) | Update User | Edit User Profile |  | Update User Profile with ID |",
    );
    expect(text).toContain(
      "| [Access Request Created](cards/okta.governance.requestCreated.md) | (unnamed) |",
    );
  });

  it("links to every card it serves with", () => {
    for (const [, , id] of products.flatMap(({ offers }) => offers))
      expect(text).toContain(`(cards/${id}.md)`);
  });
});
