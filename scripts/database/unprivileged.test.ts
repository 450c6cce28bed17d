import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { clusterIn, ensureCluster } from "./cluster.ts";
import { findPostgresBinaries } from "./postgres-binaries.ts";
import { chooseLaunch, waysToStepDown } from "./unprivileged.ts";

const isRoot = process.getuid?.() === 0;
const binaries = findPostgresBinaries();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "flowdeck-unprivileged-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.runIf(!isRoot)("an ordinary user runs PostgreSQL as it is", () => {
  expect(chooseLaunch(binaries.postgres, folder).kind).toBe("as-is");
});

describe.runIf(isRoot)("as root", () => {
  // Only the ways this machine allows can be tried; that at least one is left is the first expectation.
  const possible = waysToStepDown.filter((way) => {
    try {
      return chooseLaunch(binaries.postgres, tmpdir(), [way]) === way;
    } catch {
      return false;
    }
  });

  test("there is a way to run PostgreSQL as somebody else", () => {
    expect(possible.map((way) => way.kind)).toContain(chooseLaunch(binaries.postgres, folder).kind);
  });

  test.each(possible.map((way) => [way.kind, way] as const))("%s creates a database", (kind, way) => {
    // The temporary folder is root's alone (0700): only "nobody" needs it opened, and says so otherwise.
    if (kind === "nobody") {
      expect(() => chooseLaunch(binaries.postgres, folder, [way])).toThrow(/Permission denied/);
      return;
    }
    expect(ensureCluster(clusterIn(folder), binaries, way)).toMatch(/^[\w-]{32}$/);
  });
});
