import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeDataFolder } from "./data-folder.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "flowdeck-data-folder-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("makes the folder with all above it, and is content when it is there", () => {
  const data = path.join(folder, "deep", "data");
  makeDataFolder(data);
  makeDataFolder(data);
  expect(existsSync(data)).toBe(true);
});

test.each(["data", "data/inside"])("says that a file is in the way of %s", (place) => {
  writeFileSync(path.join(folder, "data"), "");
  expect(() => makeDataFolder(path.join(folder, place))).toThrow(
    expect.objectContaining({
      message: expect.stringContaining("a file is in its way"),
      fix: expect.stringContaining("FLOWDECK_DATA_DIR"),
    }),
  );
});
