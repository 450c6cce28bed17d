import type { CardDescription } from "#lib/cards/card.ts";
import { KIND_NAMES } from "./card-page.ts";
import { type Product, products } from "./coverage/products.ts";
import { cell, page, table } from "./markdown.ts";

/** What a product calls the purpose of a card; empty where it has nothing for it. */
export function namesOf(product: Product, card: string): string[] {
  return product.offers.filter(([, , id]) => id === card).map(([, name]) => name);
}

/** docs/coverage.md: every event and action four products name for Okta, and the card that serves it. */
export function coveragePage(cards: readonly CardDescription[]): string {
  const served = cards.filter(({ id }) => products.some((product) => namesOf(product, id).length > 0));
  const sections = (["event", "action"] as const).flatMap((kind) => {
    const rows = served.filter((card) => card.kind === kind).map(row);
    return [`## ${KIND_NAMES[kind]}s`, table(["Card", ...products.map(({ name }) => name)], rows)];
  });
  return page(
    "# What other products offer for Okta",
    "Every event and action that four other products name for Okta, and the card that serves it. Generated from " +
      "`scripts/docs/coverage/` by `node scripts/docs/main.ts`; do not edit. A check fails when a name has no card.",
    table(["Product", "Events", "Actions"], products.map(counts)),
    "*(unnamed)* stands for what a product lists without a name. Where a card behaves differently, its page says so.",
    ...sections,
  );
}

function counts({ name, offers }: Product): string[] {
  const cardsOf = (kind: string) => new Set(offers.filter(([one]) => one === kind).map(([, , card]) => card));
  return [name, String(cardsOf("event").size), String(cardsOf("action").size)];
}

function row({ id, title }: CardDescription): string[] {
  const names = products.map((product) => namesOf(product, id).map(cell).join("<br>"));
  return [`[${cell(title)}](cards/${id}.md)`, ...names];
}
