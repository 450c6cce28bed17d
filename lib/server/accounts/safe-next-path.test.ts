import { expect, test } from "vitest";
import { safeNextPath } from "./safe-next-path.ts";

test.each(["/flows", "/flows/1?tab=history#c2", "/executions?text=a%20b"])("keeps %s", (next) => {
  expect(safeNextPath(next)).toBe(next);
});

test.each([
  null,
  "",
  "flows",
  "https://evil.example",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "/..//evil.example",
  "javascript:alert(1)",
])("sends %j home", (next) => {
  expect(safeNextPath(next)).toBe("/");
});
