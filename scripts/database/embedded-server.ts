import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../free-port.ts";
import { Problem } from "../problem.ts";
import { withFolderLock } from "../processes/folder-lock.ts";
import { Leases } from "../processes/leases.ts";
import { type Cluster, clusterIn, ensureCluster, SUPERUSER } from "./cluster.ts";
import { canConnect, databaseUrl } from "./connect.ts";
import { findPostgresBinaries, type PostgresBinaries } from "./postgres-binaries.ts";
import { findRunningServer, forgetVanishedServer, type RunningServer, stopServer } from "./running-server.ts";
import { type Durability, serverOptions } from "./server-settings.ts";
import { chooseLaunch, type Launch } from "./unprivileged.ts";

const POLL_MS = 20;
/** Recovery after a crash replays up to max_wal_size (1 GB) of log before the server answers. */
const READY_WITHIN_MS = 120_000;
const START_ATTEMPTS = 3;
/** At the port of a server that died: its children hold it, and its shared memory, for a moment longer. */
const RESTART_ATTEMPTS = 40;
const RESTART_AFTER_MS = 250;
const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

/** An embedded server this process uses. */
export interface EmbeddedServer {
  /** Opens the maintenance database `postgres` as the server's owner. Contains the password: never print it. */
  adminUrl: string;
  port: number;
  pid: number;
  /** False when the server was already running: shared with a living process, or left behind by a killed one. */
  started: boolean;
  /** Leaves the server, and stops it unless another living process uses it. Safe to call twice. */
  release(): Promise<void>;
}

/**
 * Starts PostgreSQL on the files in `folder` (created on first use) or joins the server that already runs on them.
 *
 * @param folder holds data, password, log and leases of the server
 * @throws Problem when there is no PostgreSQL for this machine, the files cannot be created, or it does not start
 */
export async function startEmbeddedServer(folder: string, durability: Durability): Promise<EmbeddedServer> {
  const cluster = clusterIn(folder);
  const binaries = findPostgresBinaries();
  mkdirSync(cluster.folder, { recursive: true });
  return withFolderLock(cluster.folder, async () => {
    const launch = chooseLaunch(binaries.postgres, cluster.folder);
    const password = ensureCluster(cluster, binaries, launch);
    const joined = await joinRunningServer(cluster, password);
    const server = joined ?? (await startServer(cluster, binaries, launch, password, durability));
    new Leases(cluster.leases).take();
    return {
      ...server,
      adminUrl: urlOf(server.port, password),
      started: joined === undefined,
      release: () => release(cluster, binaries),
    };
  });
}

/**
 * Starts the server in `folder` again after it died, at the port its clients know.
 *
 * @returns the server that runs now; another process may have been faster
 * @throws Problem when it does not start, or runs at another port by now
 */
export async function restartEmbeddedServer(
  folder: string,
  durability: Durability,
  port: number,
): Promise<RunningServer> {
  const cluster = clusterIn(folder);
  const binaries = findPostgresBinaries();
  return withFolderLock(cluster.folder, async () => {
    const launch = chooseLaunch(binaries.postgres, cluster.folder);
    const password = ensureCluster(cluster, binaries, launch);
    const joined = await joinRunningServer(cluster, password);
    const server = joined ?? (await startServer(cluster, binaries, launch, password, durability, port));
    if (server.port === port) return server;
    throw new Problem(
      `The embedded PostgreSQL in ${cluster.data} runs at port ${server.port} now, and Flowdeck's parts know port ${port}.`,
      "Stop Flowdeck and start it again.",
    );
  });
}

/** Stops the server in `folder` if it runs and no living process uses it. */
export async function stopUnusedServer(folder: string): Promise<void> {
  const cluster = clusterIn(folder);
  if (findRunningServer(cluster) !== undefined) await release(cluster, findPostgresBinaries());
}

async function release(cluster: Cluster, binaries: PostgresBinaries): Promise<void> {
  const leases = new Leases(cluster.leases);
  await withFolderLock(cluster.folder, async () => {
    leases.release();
    if (leases.otherHolders().length > 0) return;
    const server = findRunningServer(cluster);
    if (server !== undefined) await stopServer(server, cluster, binaries);
  });
}

/** Waits for a server that is starting, recovering or stopping to make up its mind. */
async function joinRunningServer(cluster: Cluster, password: string): Promise<RunningServer | undefined> {
  const giveUpAt = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const server = findRunningServer(cluster);
    if (server === undefined) return undefined;
    if (server.port > 0 && (await canConnect(urlOf(server.port, password)))) return server;
    if (Date.now() > giveUpAt) throw notReady(cluster, `process ${server.pid} runs but does not answer`);
    await sleep(POLL_MS);
  }
}

async function startServer(
  cluster: Cluster,
  binaries: PostgresBinaries,
  launch: Launch,
  password: string,
  durability: Durability,
  knownPort?: number,
): Promise<RunningServer> {
  forgetVanishedServer(cluster);
  keepLogSmall(cluster.log);
  for (let attempt = 1; ; attempt += 1) {
    // The port was free a moment ago; another program may have been quicker, so a failed start is tried again.
    const port = knownPort ?? (await freePort());
    const child = spawnServer(cluster, binaries, launch, port, durability);
    const server = await untilReady(child, cluster, port, password);
    if (server !== undefined) return server;
    if (attempt === (knownPort === undefined ? START_ATTEMPTS : RESTART_ATTEMPTS)) {
      throw notReady(cluster, "it ended at once");
    }
    if (knownPort !== undefined) await sleep(RESTART_AFTER_MS);
  }
}

function spawnServer(
  cluster: Cluster,
  binaries: PostgresBinaries,
  launch: Launch,
  port: number,
  durability: Durability,
): ChildProcess {
  const log = openSync(cluster.log, "a", 0o600);
  const [command, args] = launch.command(binaries.postgres, [
    ...["-D", cluster.data],
    ...serverOptions(port, durability),
  ]);
  // Detached: Ctrl-C in a terminal reaches the whole process group, and the database must be the last to go.
  const child = spawn(command, args, {
    ...launch.identity,
    cwd: cluster.folder,
    detached: true,
    stdio: ["ignore", log, log],
    windowsHide: true,
  });
  closeSync(log);
  child.unref();
  return child;
}

/** @returns undefined when the server ended instead */
async function untilReady(
  child: ChildProcess,
  cluster: Cluster,
  port: number,
  password: string,
): Promise<RunningServer | undefined> {
  let ended = false;
  child.once("exit", () => {
    ended = true;
  });
  child.once("error", () => {
    ended = true;
  });
  const giveUpAt = Date.now() + READY_WITHIN_MS;
  while (!ended) {
    const server = findRunningServer(cluster);
    if (server?.port === port && (await canConnect(urlOf(port, password)))) return server;
    if (Date.now() > giveUpAt) throw notReady(cluster, "it does not answer");
    await sleep(POLL_MS);
  }
  return undefined;
}

function urlOf(port: number, password: string): string {
  return databaseUrl({ host: "127.0.0.1", port, user: SUPERUSER, password, database: "postgres" });
}

function notReady(cluster: Cluster, what: string): Problem {
  return new Problem(
    `The embedded PostgreSQL in ${cluster.data} did not start: ${what}. Its last words:\n${lastLines(cluster.log)}`,
    `The whole log is in ${cluster.log}. If it speaks of a full disk or of rights, put that right and start again.`,
  );
}

function lastLines(file: string): string {
  try {
    return readFileSync(file, "utf8").trimEnd().split("\n").slice(-8).join("\n");
  } catch {
    return "(no log)";
  }
}

function keepLogSmall(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT_BYTES) renameSync(file, `${file}.old`);
}
