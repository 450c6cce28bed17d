import { expect, it } from "vitest";
import { notCalledWords } from "./not-called-words.ts";

it("gives the one reason that fits", () => {
  expect(notCalledWords({ flowName: "Tell IT", why: "off" })).toBe("“Tell IT” was not called: it is off.");
  expect(notCalledWords({ flowName: null, why: "deleted" })).toBe(
    "The flow to call was not called: it is deleted.",
  );
});
