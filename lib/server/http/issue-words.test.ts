import { expect, it } from "vitest";
import { z } from "zod";
import { parseParts } from "./parse-request.ts";
import { ApiProblem } from "./problem.ts";

const body = z.strictObject({
  name: z.string().trim().min(1).max(100),
  email: z.email(),
  kind: z.enum(["a", "b"]).default("a"),
  many: z.array(z.string()).max(2).default([]),
  own: z.string().min(2, "Give it two letters.").default("ab"),
});

function problemsOf(sent: unknown): Record<string, string> {
  try {
    parseParts({ body }, { params: undefined, query: undefined, body: sent });
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    return Object.fromEntries((error.body.problems ?? []).map(({ path, message }) => [path, message]));
  }
  return {};
}

it("says in plain words what is wrong with each field", () => {
  expect(problemsOf({ name: "x".repeat(101), email: "nobody", kind: "c", many: ["", "", ""] })).toEqual({
    "body.name": "At most 100 characters.",
    "body.email": "That is no email address.",
    "body.kind": "This must be one of: a, b.",
    "body.many": "At most 2 entries.",
  });
  expect(problemsOf({ name: "  ", more: 1 })).toEqual({
    "body.name": "This must not be empty.",
    "body.email": "This is missing.",
    body: "Not known here: more.",
  });
  expect(problemsOf({ name: 7, email: "a@b.example" })).toEqual({ "body.name": "This must be a text." });
});

it("leaves a schema its own words", () => {
  expect(problemsOf({ name: "Ann", email: "a@b.example", own: "a" })).toEqual({
    "body.own": "Give it two letters.",
  });
});
