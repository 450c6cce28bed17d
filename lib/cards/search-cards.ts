import type { CardDescription } from "./card.ts";
import type { Catalogue } from "./registry.ts";

/**
 * The palette's search: cards in which every word of the query is found, the best first; those that match alike stay in
 * the catalogue's order. Words match at the start of words first, then inside them; a word of three letters or more
 * also matches a title that has its letters in order ("susend"). All cards for an empty query.
 */
export function searchCards(catalogue: Pick<Catalogue, "cards">, query: string): CardDescription[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...catalogue.cards];
  const phrase = words.join(" ");
  return catalogue.cards
    .map((card) => ({ card, score: scoreOf(card, words, phrase) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ card }) => card);
}

/** 0 when some word is found nowhere. */
function scoreOf(card: CardDescription, words: readonly string[], phrase: string): number {
  const title = plain(card.title);
  const keywords = card.keywords.map(plain).join(" ");
  const category = plain(card.category);
  const summary = plain(card.summary);
  let score = title === phrase ? 200 : title.startsWith(phrase) ? 100 : 0;
  for (const word of words) {
    const best = Math.max(
      found(title, word, 60),
      found(keywords, word, 40),
      found(category, word, 30),
      found(summary, word, 20),
      word.length >= 3 && hasInOrder(title, word) ? 5 : 0,
    );
    if (best === 0) return 0;
    score += best;
  }
  return score;
}

/** Full weight for a whole word, a little less for the start of one, half inside one. */
function found(text: string, word: string, weight: number): number {
  let best = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const starts = at === 0 || !/[a-z0-9]/.test(text.charAt(at - 1));
    const ends = !/[a-z0-9]/.test(text.charAt(at + word.length));
    best = Math.max(best, starts && ends ? weight : starts ? weight * 0.9 : weight * 0.5);
  }
  return best;
}

/** True when some word of the text starts like `word` and has all its letters in this order. */
function hasInOrder(text: string, word: string): boolean {
  return text.split(" ").some((candidate) => {
    if (candidate.charAt(0) !== word.charAt(0)) return false;
    let at = 0;
    for (const letter of candidate) if (letter === word.charAt(at)) at += 1;
    return at === word.length;
  });
}

/** Lower case, without accents: "Créer" is found by "creer". */
function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
