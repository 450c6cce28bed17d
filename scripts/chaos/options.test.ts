import { expect, test } from "vitest";
import { readOptions } from "./options.ts";

test("has a default for everything, and takes what is given", () => {
  expect(readOptions([])).toEqual({ kills: 50, workers: 3, concurrency: 8 });
  expect(readOptions(["--kills", "200", "--workers=4"])).toEqual({ kills: 200, workers: 4, concurrency: 8 });
  expect(readOptions(["--help"])).toBeUndefined();
});

test.each([[["--kills", "0"]], [["--workers", "1"]], [["--kills", "many"]], [["--murders", "3"]]])(
  "refuses %j",
  (args) => {
    expect(() => readOptions(args)).toThrow(/kills|workers|murders/);
  },
);
