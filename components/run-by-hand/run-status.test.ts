import { expect, it } from "vitest";
import { progressText } from "./run-status.tsx";

it("does not count rows as done that were left out", () => {
  const run = { total: 5, counts: { succeeded: 2, failed: 1, leftOut: 2 } };
  expect(progressText(run, "rows")).toBe("3 of 5 rows done, 2 left out");
  expect(progressText({ ...run, counts: { succeeded: 4, running: 1 } }, "rows")).toBe("4 of 5 rows done");
});
