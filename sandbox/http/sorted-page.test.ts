import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCursor } from "./paging.ts";
import { sortedPage } from "./sorted-page.ts";

interface Item {
  key: string;
  seq: number;
}

const sorting = (descending: boolean) => ({
  keyOf: ({ key }: Item) => key,
  seqOf: ({ seq }: Item) => seq,
  descending,
});
const cursorOf = (after: string) => readCursor({ query: new URLSearchParams({ after }) });

/** Every page, one after the other. */
function pages(items: Iterable<Item>, descending: boolean, limit: number): Item[][] {
  const found: Item[][] = [];
  for (let after: string | null = ""; after !== null; ) {
    const page: ReturnType<typeof sortedPage<Item>> = sortedPage(
      items,
      sorting(descending),
      cursorOf(after),
      limit,
    );
    found.push(page.items);
    after = page.next;
  }
  return found;
}

describe("sortedPage", () => {
  it("gives each item once, in order, whatever the size of a page", () => {
    const items = fc.array(fc.constantFrom("a", "b", "c", "", "ä"), { maxLength: 30 });
    fc.assert(
      fc.property(items, fc.boolean(), fc.integer({ min: 1, max: 8 }), (keys, descending, limit) => {
        const all = keys.map((key, seq) => ({ key, seq }));
        const sign = descending ? -1 : 1;
        const sorted = [...all].sort((a, b) =>
          a.key === b.key ? a.seq - b.seq : a.key < b.key ? -sign : sign,
        );
        const got = pages(all, descending, limit);
        expect(got.flat()).toEqual(sorted);
        expect(got.slice(0, -1).every((page) => page.length === limit)).toBe(true);
      }),
    );
  });

  it("leaves out what does not fit", () => {
    const items = ["c", "a", "b", "d"].map((key, seq) => ({ key, seq }));
    const { items: found, next } = sortedPage(items, sorting(false), null, 3, ({ key }) => key !== "b");
    expect([found.map(({ key }) => key), next]).toEqual([["a", "c", "d"], null]);
  });

  it("reads its items once, as they come", () => {
    let read = 0;
    const items = (function* () {
      for (let seq = 0; seq < 1000; seq += 1) {
        read += 1;
        yield { key: String(seq % 7), seq };
      }
    })();
    expect(sortedPage(items, sorting(false), null, 3).items.map(({ seq }) => seq)).toEqual([0, 7, 14]);
    expect(read).toBe(1000);
  });
});
