import { expect, test } from "vitest";
import { withFaults } from "./fault-table.ts";

const rows = [
  { number: 1, fault: "Killed", expected: "Lives", tests: ["a.test.ts"] },
  { number: 2, fault: "A | B", expected: "Lives", tests: ["a.test.ts"], open: "Not B." },
  { number: 3, fault: "Frozen", expected: "Lives", tests: [], open: "Nothing yet." },
];
const PAGE = "Before\n<!-- faults -->\nold\n<!-- /faults -->\nAfter\n";

test("the list stands in its place, and what is open below it", () => {
  const written = withFaults(PAGE, rows);
  expect(written).toMatch(/^Before\n<!-- faults -->\n/);
  expect(written).toMatch(/<!-- \/faults -->\nAfter\n$/);
  expect(written).toContain("| 1 | Killed | Lives | yes |");
  expect(written).toContain("| 2 | A \\| B | Lives | in part |");
  expect(written).toContain("| 3 | Frozen | Lives | no |");
  expect(written).toContain("- 2: Not B.\n- 3: Nothing yet.");
  expect(written).not.toContain("old");
});

test("written again, it stays as it is", () => {
  const written = withFaults(PAGE, rows);
  expect(withFaults(written, rows)).toBe(written);
});

test("a page without a place for it is an error", () => {
  expect(() => withFaults("Nothing", rows)).toThrow("no place");
});
