import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, test } from "vitest";
import { identifyProcess } from "../processes/process-identity.ts";
import { canConnect, errorCode, withConnection } from "./connect.ts";
import { startEmbeddedServer, stopUnusedServer } from "./embedded-server.ts";

let folder: string;
const helpers: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "flowdeck-embedded-"));
});

afterEach(async () => {
  for (const helper of helpers.splice(0)) await kill(helper);
  await stopUnusedServer(folder);
  rmSync(folder, { recursive: true, force: true });
});

const isAlive = (pid: number) => identifyProcess(pid) !== undefined;
const start = () => startEmbeddedServer(folder, "throw-away");

async function kill(helper: ChildProcess): Promise<void> {
  if (helper.exitCode !== null || helper.signalCode !== null) return;
  helper.kill("SIGKILL");
  await once(helper, "exit");
}

/** Another process that uses the same server. */
async function startHolder(): Promise<{ process: ChildProcess; pid: number; started: boolean }> {
  const script = path.join(import.meta.dirname, "fixtures", "hold-server.ts");
  const helper = spawn(process.execPath, [script, folder], { stdio: ["pipe", "pipe", "inherit"] });
  helpers.push(helper);
  const [line] = await once(createInterface(helper.stdout), "line");
  const { pid, started } = JSON.parse(line);
  return { process: helper, pid, started };
}

test("keeps data over a restart, behind a password only this user can read", async () => {
  const first = await start();
  await withConnection(first.adminUrl, (client) => client.query("create table kept as select 42 as answer"));
  const withoutPassword = first.adminUrl.replace(/:[^:@]+@/, ":wrong@");
  await expect(withConnection(withoutPassword, async () => {})).rejects.toMatchObject({ code: "28P01" });
  expect(statSync(path.join(folder, "password")).mode & 0o777).toBe(0o600);
  await first.release();
  expect(isAlive(first.pid)).toBe(false);

  const second = await start();
  expect(second.started).toBe(true);
  const kept = await withConnection(second.adminUrl, (client) => client.query("select answer from kept"));
  expect(kept.rows).toEqual([{ answer: 42 }]);
});

test("is shared by processes, and the last one out stops it", async () => {
  const holder = await startHolder();
  const own = await start();
  expect(own).toMatchObject({ pid: holder.pid, started: false });
  await own.release();
  expect(isAlive(holder.pid)).toBe(true);
  holder.process.stdin?.end();
  await once(holder.process, "exit");
  expect(isAlive(holder.pid)).toBe(false);
});

test("what a killed process left running is adopted and stopped in the end", async () => {
  const holder = await startHolder();
  await kill(holder.process);
  expect(isAlive(holder.pid)).toBe(true);
  const own = await start();
  expect(own).toMatchObject({ pid: holder.pid, started: false });
  await own.release();
  expect(isAlive(holder.pid)).toBe(false);
});

test("processes that start it at the same moment end up with one server", async () => {
  const all = await Promise.all([startHolder(), startHolder(), startHolder()]);
  expect(new Set(all.map((holder) => holder.pid)).size).toBe(1);
  expect(all.filter((holder) => holder.started)).toHaveLength(1);
});

test("recovers what was committed when the server itself is killed", async () => {
  const first = await startEmbeddedServer(folder, "durable");
  await withConnection(first.adminUrl, (client) => client.query("create table kept as select 42 as answer"));
  process.kill(first.pid, "SIGKILL");
  await expect.poll(() => canConnect(first.adminUrl)).toBe(false);
  const second = await start();
  expect(second.pid).not.toBe(first.pid);
  const kept = await withConnection(second.adminUrl, (client) => client.query("select answer from kept"));
  expect(kept.rows).toEqual([{ answer: 42 }]);
});

test("starts although the process number in its pid file now belongs to another program", async () => {
  const first = await start();
  const pidFile = path.join(folder, "data", "postmaster.pid");
  const note = readFileSync(pidFile, "utf8");
  await first.release();
  writeFileSync(pidFile, note.replace(/^\d+/, String(process.ppid)));
  const second = await start();
  expect(second.started).toBe(true);
  expect(second.pid).not.toBe(process.ppid);
});

test("says what is wrong when the password file is gone", async () => {
  const first = await start();
  await first.release();
  rmSync(path.join(folder, "password"));
  await expect(start()).rejects.toThrow(/password file .* cannot be read/);
});

test("does not let other addresses than 127.0.0.1 in", async () => {
  const server = await start();
  const listening = await withConnection(server.adminUrl, (client) => client.query("show listen_addresses"));
  expect(listening.rows).toEqual([{ listen_addresses: "127.0.0.1" }]);
  const elsewhere = server.adminUrl.replace("127.0.0.1", "127.0.0.2");
  const failure = await withConnection(elsewhere, async () => undefined).catch(errorCode);
  expect(failure).toBe("ECONNREFUSED");
});
