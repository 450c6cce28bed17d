import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { identifyProcess, ownIdentity } from "../processes/process-identity.ts";
import { claimInstance } from "./instance.ts";

let folder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "flowdeck-instance-"));
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

function startSleeper(): ChildProcess {
  const child = spawn("sleep", ["60"], { detached: true, stdio: "ignore" });
  children.push(child);
  return child;
}

const DEAD = { pid: 1, startedAt: "a process that is no more" };
const leave = (note: object) => writeFileSync(path.join(folder, "instance.json"), JSON.stringify(note));

test("one data folder has one instance, and the second is told where the first is", async () => {
  const first = await claimInstance(folder, "http://localhost:3000");
  expect(first).toMatchObject({ kind: "claimed", leftovers: 0 });
  const second = await claimInstance(folder, "http://localhost:4000");
  expect(second).toEqual({ kind: "already-running", address: "http://localhost:3000", pid: process.pid });
});

test("of several that start at once only one is let in", async () => {
  const claims = await Promise.all(
    [1, 2, 3].map((number) => claimInstance(folder, `http://localhost:${number}`)),
  );
  expect(claims.filter((claim) => claim.kind === "claimed")).toHaveLength(1);
});

test("a folder that was given up can be claimed again", async () => {
  const first = await claimInstance(folder, "http://localhost:3000");
  if (first.kind === "claimed") first.instance.release();
  expect(await claimInstance(folder, "http://localhost:3000")).toMatchObject({ kind: "claimed" });
});

test("stops what a killed instance left running, and nothing else", async () => {
  const [orphan, stranger] = [startSleeper(), startSleeper()];
  const orphanIdentity = identifyProcess(orphan.pid ?? 0);
  // The stranger has the number of a child of old, but it is another process.
  const reused = { pid: stranger.pid, startedAt: "long ago" };
  leave({ launcher: DEAD, address: "http://localhost:3000", children: [orphanIdentity, reused] });
  const ended = once(orphan, "exit");
  expect(await claimInstance(folder, "http://localhost:3000")).toMatchObject({
    kind: "claimed",
    leftovers: 1,
  });
  await ended;
  expect(identifyProcess(stranger.pid ?? 0)).toBeDefined();
});

test("notes its children for that case", async () => {
  const claim = await claimInstance(folder, "http://localhost:3000");
  if (claim.kind !== "claimed") throw new Error("not claimed");
  const child = startSleeper();
  claim.instance.addChild(child.pid ?? 0);
  const note = JSON.parse(readFileSync(path.join(folder, "instance.json"), "utf8"));
  expect(note.launcher).toEqual(ownIdentity());
  expect(note.children).toEqual([identifyProcess(child.pid ?? 0)]);
});

test("a note that cannot be read is as good as none", async () => {
  writeFileSync(path.join(folder, "instance.json"), "{ half a no");
  expect(await claimInstance(folder, "http://localhost:3000")).toMatchObject({ kind: "claimed" });
});
