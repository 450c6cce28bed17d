import { expect, test } from "vitest";
import { issueWords } from "./issue-words.ts";

const error = { severity: "error" } as const;
const warning = { severity: "warning" } as const;

test("problems and warnings are counted apart", () => {
  expect(issueWords([warning, error])).toBe("1 problem, 1 warning");
  expect(issueWords([error, error])).toBe("2 problems");
  expect(issueWords([warning, warning])).toBe("2 warnings");
  expect(issueWords([])).toBe("");
});
