import type { FlowDocument } from "./document.ts";

/**
 * The id for the next card: "c" and one more than the highest number in use. Gaps are not filled, because an id that
 * came back for another card would look like the old one to a retry that reuses finished steps.
 *
 * @param taken further ids to stay clear of, for example those of the published version
 */
export function newCardId(document: Pick<FlowDocument, "cards">, taken: Iterable<string> = []): string {
  return `c${highestNumber([...Object.keys(document.cards), ...taken]) + 1}`;
}

function highestNumber(ids: readonly string[]): number {
  return ids.reduce((highest, id) => {
    // Longer numbers are no ids of ours, and would leave the range in which adding one makes a difference.
    const number = /^c(\d{1,9})$/.exec(id)?.[1];
    return number ? Math.max(highest, Number(number)) : highest;
  }, 0);
}
