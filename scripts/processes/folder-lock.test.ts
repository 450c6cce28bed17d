import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withFolderLock } from "./folder-lock.ts";
import { ownIdentity } from "./process-identity.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "flowdeck-lock-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("lets one in at a time, also after a failure", async () => {
  let inside = 0;
  let most = 0;
  const enter = async (fails: boolean) => {
    inside += 1;
    most = Math.max(most, inside);
    await sleep(5);
    inside -= 1;
    if (fails) throw new Error("as arranged");
  };
  const results = await Promise.allSettled(
    Array.from({ length: 10 }, (_, index) => withFolderLock(folder, () => enter(index % 2 === 0))),
  );
  expect(most).toBe(1);
  expect(results.filter((result) => result.status === "rejected")).toHaveLength(5);
});

test("returns what the work returns", async () => {
  expect(await withFolderLock(folder, async () => 42)).toBe(42);
});

test.each([
  ["a process that is gone", { pid: 2 ** 22 + 1, startedAt: "1" }],
  [
    "an earlier process with a number that is in use again",
    { pid: ownIdentity().pid, startedAt: "long ago" },
  ],
])("takes over the lock of %s", async (_, holder) => {
  writeFileSync(path.join(folder, "lock"), JSON.stringify(holder));
  const many = Array.from({ length: 5 }, (_, index) => withFolderLock(folder, async () => index));
  expect(await Promise.all(many)).toEqual([0, 1, 2, 3, 4]);
});
