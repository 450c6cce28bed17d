import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { projectFolder } from "./project-folder.ts";

let project: string;

beforeEach(() => {
  project = mkdtempSync(path.join(tmpdir(), "flowdeck-bootstrap-"));
  mkdirSync(path.join(project, "scripts"));
  cpSync(path.join(projectFolder, "scripts/bootstrap.mjs"), path.join(project, "scripts/bootstrap.mjs"));
  write("package-lock.json", lock("1.0.0"));
  write("prisma/schema.prisma", "model One {}");
  // Stands where npm stands: notes its arguments and "installs" what the lock file says, or fails as told.
  write(
    "npm-cli.js",
    `const fs = require("node:fs");
     fs.appendFileSync("npm-calls", process.argv.slice(2).join(" ") + "\\n");
     if (process.env.NPM_FAILS) { console.error(process.env.NPM_FAILS); process.exit(1); }
     fs.mkdirSync("node_modules/.bin", { recursive: true });
     fs.mkdirSync("node_modules/prisma/build", { recursive: true });
     fs.writeFileSync("node_modules/.bin/node", "");
     fs.writeFileSync("node_modules/.package-lock.json", fs.readFileSync("package-lock.json"));
     fs.writeFileSync("node_modules/prisma/package.json", JSON.stringify({ version: "7.0.0" }));
     fs.writeFileSync("node_modules/prisma/build/index.js", \`
       const fs = require("node:fs");
       fs.appendFileSync("prisma-calls", process.argv[2] + " " + fs.existsSync(process.env.PRISMA_SCHEMA_ENGINE_BINARY) + "\\\\n");
       if (fs.readFileSync("prisma/schema.prisma", "utf8").includes("broken")) { console.error("line 1"); process.exit(1); }
       fs.mkdirSync("lib/server/db/generated", { recursive: true });
       fs.writeFileSync("lib/server/db/generated/client.ts", "");
     \`);`,
  );
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

function write(file: string, content: string): void {
  mkdirSync(path.join(project, path.dirname(file)), { recursive: true });
  writeFileSync(path.join(project, file), content);
}

function lock(version: string): string {
  const packages = { "": {}, "node_modules/prisma": { version, integrity: `sha512-${version}` } };
  return JSON.stringify({ lockfileVersion: 3, packages });
}

function calls(name: "npm" | "prisma"): string[] {
  const file = path.join(project, `${name}-calls`);
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
}

function bootstrap(environment: Record<string, string> = {}) {
  const result = spawnSync(process.execPath, ["scripts/bootstrap.mjs"], {
    cwd: project,
    encoding: "utf8",
    env: { ...process.env, npm_execpath: path.join(project, "npm-cli.js"), ...environment },
  });
  return { code: result.status, said: result.stdout + result.stderr };
}

test("installs and generates once, then does nothing and says nothing", () => {
  expect(bootstrap()).toMatchObject({
    code: 0,
    said: expect.stringContaining("packages installed, database client generated"),
  });
  expect(calls("npm")).toEqual([
    expect.stringMatching(/^ci --ignore-scripts .*--include=dev --include=optional$/),
  ]);
  expect(calls("prisma")).toEqual(["generate true"]);
  expect(bootstrap()).toEqual({ code: 0, said: "" });
  expect([calls("npm").length, calls("prisma").length]).toEqual([1, 1]);
});

test("installs again when the lock file has changed", () => {
  bootstrap();
  write("package-lock.json", lock("2.0.0"));
  bootstrap();
  expect(calls("npm")).toHaveLength(2);
});

test("does not install again what npm install has just put there", () => {
  bootstrap();
  write("package-lock.json", lock("2.0.0"));
  write("node_modules/.package-lock.json", lock("2.0.0"));
  expect(bootstrap()).toEqual({ code: 0, said: "" });
  expect(calls("npm")).toHaveLength(1);
});

test("an install that broke off is made again", () => {
  expect(bootstrap({ NPM_FAILS: "npm error something new" }).code).toBe(1);
  expect(bootstrap().code).toBe(0);
  expect(calls("npm")).toHaveLength(2);
});

test("generates again when the schema has changed or the client is gone", () => {
  bootstrap();
  write("prisma/schema.prisma", "model Two {}");
  bootstrap();
  rmSync(path.join(project, "lib"), { recursive: true });
  bootstrap();
  expect(calls("prisma")).toHaveLength(3);
});

test("shows what is wrong with the schema", () => {
  write("prisma/schema.prisma", "broken");
  expect(bootstrap()).toMatchObject({
    code: 1,
    said: expect.stringMatching(/could not be generated[\s\S]*line 1/),
  });
});

test.each([
  ["npm error code ENOTFOUND", /registry cannot be reached/],
  ["npm error code ECONNREFUSED", /registry cannot be reached/],
  ["npm error code ENOSPC", /disk is full/],
  ["npm error code E401", /registry refuses/],
  ["npm error code EACCES", /may not write/],
  ["npm error code EUSAGE", /npm says why above/],
])("%s is explained", (failure, explanation) => {
  const { code, said } = bootstrap({ NPM_FAILS: failure });
  expect(code).toBe(1);
  expect(said).toContain(failure);
  expect(said).toMatch(explanation);
  expect(said).not.toMatch(/^\s+at /m);
});

test("says that the lock file is missing", () => {
  rmSync(path.join(project, "package-lock.json"));
  expect(bootstrap()).toMatchObject({
    code: 1,
    said: expect.stringContaining("git restore package-lock.json"),
  });
});
