import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { buildConsole, sourcesHash } from "./build-console.ts";

let project: string;

beforeEach(() => {
  project = mkdtempSync(path.join(tmpdir(), "flowdeck-build-"));
  write("app/page.tsx", "export default () => null;");
  write("lib/flow/document.ts", "export {};");
  write("package-lock.json", "{}");
  write("next.config.mjs", "export default {};");
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

function write(file: string, content: string): void {
  mkdirSync(path.join(project, path.dirname(file)), { recursive: true });
  writeFileSync(path.join(project, file), content);
}

/** Stands where Next stands; notes each build, or fails when app/ says so. */
function installBuilder(): void {
  write(
    "node_modules/next/dist/bin/next",
    `const fs = require("node:fs");
     if (fs.readFileSync("app/page.tsx", "utf8").includes("broken")) { console.log("page.tsx: broken"); process.exit(1); }
     fs.mkdirSync(".next", { recursive: true });
     fs.appendFileSync("builds", "x");
     fs.writeFileSync(".next/BUILD_ID", "1");`,
  );
}

const options = { print: () => {}, signal: new AbortController().signal };

test.each([
  ["app/page.tsx", "changed"],
  ["lib/flow/new.ts", "new"],
  ["components/ui/button.tsx", "new"],
  ["package-lock.json", "changed"],
  ["next.config.mjs", "changed"],
  ["postcss.config.mjs", "new"],
])("%s %s is another build", (file) => {
  const before = sourcesHash(project);
  write(file, "export const other = 1;");
  expect(sourcesHash(project)).not.toBe(before);
});

test.each(["app/page.test.tsx", "lib/flow/README.md", "docs/page.ts", "worker/main.ts", "sandbox/main.ts"])(
  "%s is not part of a build",
  (file) => {
    const before = sourcesHash(project);
    write(file, "export const other = 1;");
    expect(sourcesHash(project)).toBe(before);
  },
);

test("moving text from one file to the next is another build", () => {
  write("app/a.ts", "1");
  write("app/b.ts", "2");
  const before = sourcesHash(project);
  write("app/a.ts", "12");
  write("app/b.ts", "");
  expect(sourcesHash(project)).not.toBe(before);
});

test("a public variable is part of the build", () => {
  const before = sourcesHash(project);
  vi.stubEnv("NEXT_PUBLIC_NAME", "Flowdeck");
  expect(sourcesHash(project)).not.toBe(before);
});

test("builds once, and again only when the sources have changed", async () => {
  installBuilder();
  expect(await buildConsole(project, options)).toBe(true);
  expect(await buildConsole(project, options)).toBe(false);
  write("app/page.tsx", "export default () => 1;");
  expect(await buildConsole(project, options)).toBe(true);
});

test("a failed build shows the compiler's words and is not taken for a good one", async () => {
  installBuilder();
  expect(await buildConsole(project, options)).toBe(true);
  write("app/page.tsx", "broken");
  await expect(buildConsole(project, options)).rejects.toThrow(/could not be built:\npage.tsx: broken/);
  await expect(buildConsole(project, options)).rejects.toThrow(/broken/);
});
