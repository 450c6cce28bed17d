import { expect, it, vi } from "vitest";
import { pageOfWhole } from "./whole-lists.ts";

const list = (count: number) => ({
  choices: Array.from({ length: count }, (_, at) => ({ value: `v${at}`, label: `Value ${at}` })),
  note: "Cut.",
});

it("reads a list once, and pages and searches in what it read", async () => {
  const read = vi.fn(async () => list(250));
  const first = await pageOfWhole("once", read, { search: "" });
  expect([first.choices.length, first.cursor, first.note]).toEqual([100, "100", "Cut."]);
  const last = await pageOfWhole("once", read, { search: "", cursor: "200" });
  expect([last.choices.length, last.cursor]).toEqual([50, undefined]);
  const found = await pageOfWhole("once", read, { search: " VALUE 24" });
  expect(found.choices.map(({ value }) => value)).toEqual([
    "v24",
    ...Array.from({ length: 10 }, (_, at) => `v24${at}`),
  ]);
  expect(read).toHaveBeenCalledTimes(1);
});

it("reads each list apart, and one that could not be read again", async () => {
  const read = vi.fn(async () => list(1));
  await pageOfWhole("one", read, { search: "" });
  await pageOfWhole("another", read, { search: "" });
  expect(read).toHaveBeenCalledTimes(2);
  await expect(
    pageOfWhole("broken", () => Promise.reject(new Error("down")), { search: "" }),
  ).rejects.toThrow("down");
  expect((await pageOfWhole("broken", read, { search: "" })).choices).toHaveLength(1);
});
