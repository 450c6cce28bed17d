import { expect, test } from "vitest";
import type { OnError } from "../flow/document.ts";
import { effectiveFields } from "./effective-fields.ts";
import { ERROR_EXIT, ERROR_OUTPUT, exitsOf } from "./exits.ts";
import { testCatalogue } from "./test-catalogue.ts";
import { check, codes, event, flow, read } from "./test-flows.ts";

const goesOn: OnError = { after: "error" };

test("actions and functions get a second way out where it is chosen; others never", () => {
  for (const description of testCatalogue.cards) {
    const may = description.kind === "action" || description.kind === "function";
    expect(exitsOf(description, {})).toEqual(description.exits);
    expect(exitsOf(description, { onError: { retry: 1 } })).toEqual(description.exits);
    expect(exitsOf(description, { onError: goesOn })).toEqual([
      ...description.exits,
      ...(may ? [ERROR_EXIT] : []),
    ]);
    const { outputs } = effectiveFields(description, { onError: goesOn });
    expect(Object.hasOwn(outputs, ERROR_OUTPUT)).toBe(may);
  }
});

test("a line from the error way needs the way to be there, and the way a line", () => {
  const cards = { e: event, r: read(), a: read() };
  expect(codes(flow(cards, "e>r r?error>a"))).toContain("unknown-exit");
  const chosen = { ...cards, r: { ...read(), onError: goesOn } };
  expect(codes(flow(chosen, "e>r r?error>a"))).toEqual([]);
  const unused = check(flow(chosen, "e>r r>a"));
  expect(unused).toEqual([
    expect.objectContaining({ severity: "warning", code: "unused-error-way", card: "r" }),
  ]);
});

test("what the error says can be mapped where the way was chosen, and what comes after both ways may be empty", () => {
  const told = read({ user: { ref: ["r", "error", "message"] } });
  const cards = { e: event, r: { ...read(), onError: goesOn }, a: told };
  expect(codes(flow(cards, "e>r r?error>a"))).toEqual([]);
  expect(codes(flow({ ...cards, r: read() }, "e>r r>a"))).toEqual(["unknown-output"]);
  const later = { ...cards, a: read(), z: read({ user: { ref: ["a", "email"] } }) };
  expect(codes(flow(later, "e>r r?error>a r>z a>z"))).toEqual(["may-be-empty"]);
});
