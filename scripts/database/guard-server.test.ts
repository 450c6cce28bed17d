import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Problem } from "../problem.ts";
import { clusterIn } from "./cluster.ts";
import { canConnect, withConnection } from "./connect.ts";
import { stopUnusedServer } from "./embedded-server.ts";
import { guardServer, type ServerGuard } from "./guard-server.ts";
import { type OpenDatabase, openDatabase } from "./open-database.ts";
import { findRunningServer } from "./running-server.ts";

const DEAD = { pid: 1, startedAt: "a process that is no more" };

let folder: string;
let notices: string[];
let guard: ServerGuard | undefined;
let database: OpenDatabase | undefined;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "flowdeck-guard-"));
  notices = [];
});

afterEach(async () => {
  await guard?.stop();
  await database?.close();
  await stopUnusedServer(path.join(folder, "postgres"));
  [guard, database] = [undefined, undefined];
  rmSync(folder, { recursive: true, force: true });
});

const serverPid = () => findRunningServer(clusterIn(path.join(folder, "postgres")))?.pid ?? 0;

test("a server that was killed is back at its address, with all that was committed, as often as it is killed", async () => {
  const opened = await openDatabase({ databaseUrl: undefined, dataFolder: folder });
  database = opened;
  guard = opened.guard?.((message) => notices.push(message));
  await withConnection(opened.url, (client) => client.query("create table kept (number int)"));
  for (const number of [1, 2]) {
    await withConnection(opened.url, (client) => client.query("insert into kept values ($1)", [number]));
    const killed = serverPid();
    process.kill(killed, "SIGKILL");
    await expect.poll(() => notices.length, { timeout: 30_000 }).toBe(2 * number);
    expect(serverPid()).not.toBe(killed);
    const kept = await withConnection(opened.url, (client) => client.query("select max(number) from kept"));
    expect(kept.rows).toEqual([{ max: number }]);
  }
  expect(notices).toEqual([
    "The embedded database ended; starting it again.",
    "The embedded database is back.",
    "The embedded database ended; starting it again in 1 s.",
    "The embedded database is back.",
  ]);
}, 60_000);

test("nobody starts it again once it is closed", async () => {
  const opened = await openDatabase({ databaseUrl: undefined, dataFolder: folder });
  const guarding = opened.guard?.((message) => notices.push(message));
  await guarding?.stop();
  await opened.close();
  expect(await canConnect(opened.url)).toBe(false);
  expect(notices).toEqual([]);
});

test("gives up, in words, on a server that keeps dying", async () => {
  let starts = 0;
  const restart = async () => {
    starts += 1;
    return DEAD;
  };
  guard = guardServer(DEAD, restart, () => {}, { lookEveryMs: 5, backoffMs: [0, 10] });
  expect((await guard.gaveUp).message).toBe("The embedded database ended 3 times in a row.");
  expect(starts).toBe(2);
});

test("gives up with the reason on a server that can't be started again", async () => {
  const full = new Problem("The disk is full.", "Free some space.");
  guard = guardServer(
    DEAD,
    () => Promise.reject(full),
    () => {},
    { lookEveryMs: 5 },
  );
  expect(await guard.gaveUp).toBe(full);
});
