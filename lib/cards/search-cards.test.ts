import { describe, expect, it } from "vitest";
import type { CardDescription } from "./card.ts";
import { searchCards } from "./search-cards.ts";
import { testCatalogue } from "./test-catalogue.ts";

const [base] = testCatalogue.cards;
function card(title: string, rest: Partial<CardDescription> = {}): CardDescription {
  if (!base) throw new Error("The test catalogue is empty.");
  return { ...base, id: title, title, category: "Users", summary: "", keywords: [], ...rest };
}
const catalogue = {
  cards: [
    card("Suspend User", { keywords: ["block", "lock out"] }),
    card("Unsuspend User"),
    card("Create User", { summary: "Adds a person to the org." }),
    card("Add User to Group", { category: "Groups" }),
    card("Read Group", { category: "Groups" }),
    card("Créer un compte"),
    card("If/Else", { category: "Logic", keywords: ["branch", "condition"] }),
  ],
};
const titles = (query: string) => searchCards(catalogue, query).map(({ title }) => title);

describe("the palette's search", () => {
  it("gives all cards in the catalogue's order for an empty query", () => {
    expect(titles("  ")).toEqual(catalogue.cards.map(({ title }) => title));
  });

  it("puts titles that start with the query first, then those that hold it", () => {
    expect(titles("suspend")).toEqual(["Suspend User", "Unsuspend User"]);
  });

  it("finds the start of any word, in upper or lower case, with or without accents", () => {
    expect(titles("GRO")).toEqual(["Add User to Group", "Read Group"]);
    expect(titles("creer")).toEqual(["Créer un compte"]);
    expect(titles("else")[0]).toBe("If/Else");
  });

  it("wants every word found somewhere", () => {
    expect(titles("add group")).toEqual(["Add User to Group"]);
    expect(titles("suspend group")).toEqual([]);
  });

  it("finds keywords and summaries too, after titles", () => {
    expect(titles("block")).toEqual(["Suspend User"]);
    expect(titles("branch")).toEqual(["If/Else"]);
    expect(titles("person")).toEqual(["Create User"]);
  });

  it("forgives left-out letters in a title", () => {
    expect(titles("susend")).toEqual(["Suspend User"]);
    expect(titles("grp")).toEqual(["Add User to Group", "Read Group"]);
    expect(titles("xyz")).toEqual([]);
  });
});
