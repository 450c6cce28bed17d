import { describe, expect, it } from "vitest";
import type { ExecutionSummary } from "#lib/api/executions.ts";
import { countNew, type Feed, feedItems, pageAt, renewPage, takeNewest } from "./execution-feed.ts";
import { executionSummary } from "./test-executions.ts";

/** An execution whose number says when it was created. */
function execution(number: number, changes: Partial<ExecutionSummary> = {}): ExecutionSummary {
  const id = `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
  return executionSummary({ id, createdAt: new Date(1_800_000_000_000 + number).toISOString(), ...changes });
}

function feedOf(...pages: number[][]): Feed {
  return {
    pages: pages.map((numbers, index) => ({
      items: numbers.map((number) => execution(number)),
      next: index < pages.length - 1 ? `after ${numbers.at(-1)}` : undefined,
    })),
    pageParams: pages.map((_, index) => (index === 0 ? undefined : `after ${pages[index - 1]?.at(-1)}`)),
  };
}

const numbers = (feed: Feed) => feedItems(feed).map(({ id }) => Number(id.slice(-12)));

describe("a feed of executions", () => {
  it("shows what came, and keeps what was loaded below", () => {
    const feed = feedOf([9, 8, 7], [6, 5, 4]);
    const fresh = { items: [11, 10, 9].map((number) => execution(number)), next: "after 9" };
    expect(countNew(feed, fresh)).toEqual({ count: 2, more: false });
    expect(numbers(takeNewest(feed, fresh))).toEqual([11, 10, 9, 8, 7, 6, 5, 4]);
  });

  it("begins anew where more came than fit on a page", () => {
    const feed = feedOf([9, 8, 7], [6, 5, 4]);
    const fresh = { items: [22, 21, 20].map((number) => execution(number)), next: "after 20" };
    expect(countNew(feed, fresh)).toEqual({ count: 3, more: true });
    expect(takeNewest(feed, fresh)).toEqual({ pages: [fresh], pageParams: [undefined] });
  });

  it("takes the first executions there ever were", () => {
    const fresh = { items: [execution(1)] };
    expect(countNew(feedOf([]), fresh)).toEqual({ count: 1, more: false });
    expect(numbers(takeNewest(feedOf([]), fresh))).toEqual([1]);
  });

  it("puts what appears late where it belongs", () => {
    const feed = feedOf([9, 7, 5], [3, 1]);
    const fresh = { items: [9, 8, 7, 6].map((number) => execution(number)), next: "after 6" };
    expect(countNew(feed, fresh)).toEqual({ count: 2, more: false });
    expect(numbers(takeNewest(feed, fresh))).toEqual([9, 8, 7, 6, 5, 3, 1]);
  });

  it("leaves what belongs below the loaded pages to the page after them", () => {
    const feed: Feed = {
      pages: [{ items: [9, 8].map((number) => execution(number)), next: "x" }],
      pageParams: [undefined],
    };
    const fresh = { items: [9, 7].map((number) => execution(number)), next: "after 7" };
    expect(countNew(feed, fresh).count).toBe(0);
    expect(numbers(takeNewest(feed, fresh))).toEqual([9]);
  });

  it("renews rows in place and adds none while its top is out of sight", () => {
    const feed = feedOf([9, 8, 7], [6, 5, 4]);
    const fresh = { items: [execution(10), execution(9), execution(8, { status: "failed" })], next: "x" };
    const renewed = renewPage(feed, 0, fresh);
    expect(numbers(renewed)).toEqual([9, 8, 7, 6, 5, 4]);
    expect(feedItems(renewed)[1]?.status).toBe("failed");
  });

  it("drops rows the filters leave out by now, and only where the page would have had them", () => {
    const feed = feedOf([9, 8, 7], [6, 5, 4]);
    const first = { items: [execution(9), execution(7), execution(6)], next: "after 6" };
    expect(numbers(renewPage(feed, 0, first))).toEqual([9, 7, 6, 5, 4]);
    const second = { items: [execution(5)] };
    expect(numbers(renewPage(feed, 1, second))).toEqual([9, 8, 7, 5]);
    expect(numbers(renewPage(feed, 0, { items: [] }))).toEqual([]);
  });

  it("keeps a row that was retried from its failed card where it is", () => {
    const feed = feedOf([3, 2, 1]);
    const fresh = { items: [execution(3), execution(2, { status: "queued" }), execution(1)] };
    expect(numbers(takeNewest(feed, fresh))).toEqual([3, 2, 1]);
    expect(countNew(feed, fresh).count).toBe(0);
  });

  it("knows which page a row stands on", () => {
    const feed = feedOf([9, 8, 7], [6, 5], [4]);
    expect([0, 2, 3, 4, 5, 99].map((row) => pageAt(feed, row))).toEqual([0, 0, 1, 1, 2, 2]);
  });
});
