import { expect, it } from "vitest";
import { listHref, notePlace, placeIn } from "./list-place.ts";

it("leads back to the list as it was left, and to the top of any other", () => {
  expect(listHref()).toBe("/executions");
  notePlace("status=failed", 5_600);
  expect(listHref()).toBe("/executions?status=failed");
  expect(placeIn("status=failed")).toBe(5_600);
  expect(placeIn("")).toBe(0);
});
