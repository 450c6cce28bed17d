import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { projectFolder } from "../project-folder.ts";
import { findImports } from "./find-imports.ts";
import { projectFiles } from "./project-files.ts";

const specifiers = (source: string) => findImports(source).map((found) => found.specifier);

test.each([
  ['import "a";', ["a"]],
  ['import value from "a";', ["a"]],
  ["import * as all from 'a'", ["a"]],
  ['import value, { type Other, more as less } from "a";', ["a"]],
  ['import type { Shape } from "a";', ["a"]],
  ['import {\n  one,\n  two,\n} from "a";', ["a"]],
  [
    'export * from "a"; export * as b from "b"; export { c } from "c"; export type { D } from "d";',
    ["a", "b", "c", "d"],
  ],
  ['const one = await import("a"); const two = require("b");', ["a", "b"]],
  ['type Shape = import("a").Shape;', ["a"]],
  ['import data from "./a.json" with { type: "json" };', ["./a.json"]],
])("finds what %s imports", (source, expected) => {
  expect(specifiers(source)).toEqual(expected);
});

test.each([
  '// import "a";',
  '/* import "a";\n * export * from "b"; */',
  "const text = 'import \"a\"';",
  'const text = `import "a"`;',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder is part of the source under test
  'const text = `${`import "a"`} and ${{ b: `from "c"` }.b} import "d"`;',
  'const words = { from: "a" }; const list = ["from", "b"];',
  'element.import("a"); loader.require("b");',
  'const from = 1; from + "a"; Array.from("b");',
  'export const place = "a"; const from = "b"; select(from, "c");',
])("is not deceived by %s", (source) => {
  expect(specifiers(source)).toEqual([]);
});

test("a quote in a regular expression, a comment or the text of a page hides nothing", () => {
  const source = [
    "const quote = /[\"'`]/g; // it's",
    "const half = total / count; const other = rest / 2;",
    "const page = <p>Don't {name}</p>;",
    'import late from "late";',
  ].join("\n");
  expect(findImports(source)).toEqual([{ specifier: "late", line: 4 }]);
});

test("counts lines over comments, templates and strings", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder is part of the source under test
  const source = '/* one\ntwo */\nconst text = `three\n${four}\nfive`;\nimport "six";';
  expect(findImports(source)).toEqual([{ specifier: "six", line: 6 }]);
});

test("finds every import of every file of ours that stands at the beginning of a line", () => {
  for (const file of projectFiles(projectFolder)) {
    const source = readFileSync(path.join(projectFolder, file), "utf8");
    const plain = [...source.matchAll(/^(?:import|export) [^;"'`]*?from "([^"]+)";$/gm)].map(
      (match) => match[1],
    );
    expect(specifiers(source), file).toEqual(expect.arrayContaining(plain));
  }
});
