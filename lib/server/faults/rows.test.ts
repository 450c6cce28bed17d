import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { projectFolder } from "#scripts/project-folder.ts";
import { FAULT_ROWS } from "./rows.ts";

test("every fault of the list has a row", () => {
  expect(FAULT_ROWS.map(({ number }) => number)).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
});

test("every row has tests that are there, or says why not", () => {
  const tests = FAULT_ROWS.flatMap((row) => row.tests);
  expect(tests.filter((file) => !existsSync(path.join(projectFolder, file)))).toEqual([]);
  expect(FAULT_ROWS.filter(({ tests: files, open }) => files.length === 0 && !open)).toEqual([]);
});

test("every test of this folder stands in a row", () => {
  const named = new Set(FAULT_ROWS.flatMap((row) => row.tests.map((file) => path.basename(file))));
  const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith(".integration.test.ts"));
  expect(files.filter((file) => !named.has(file))).toEqual([]);
});
