import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { Problem } from "../problem.ts";
import type { PostgresBinaries } from "./postgres-binaries.ts";
import type { Launch } from "./unprivileged.ts";

/** The one account of an embedded server; it owns everything in it. */
export const SUPERUSER = "flowdeck";

/** The files of one embedded server. Password and data stand in one folder so that they are moved or lost together. */
export interface Cluster {
  folder: string;
  data: string;
  passwordFile: string;
  log: string;
  leases: string;
}

/** Where the files of an embedded server in `folder` are. Nothing is created. */
export function clusterIn(folder: string): Cluster {
  const root = path.resolve(folder);
  return {
    folder: root,
    data: path.join(root, "data"),
    passwordFile: path.join(root, "password"),
    log: path.join(root, "server.log"),
    leases: path.join(root, "leases"),
  };
}

/**
 * Creates the database files, unless they exist, and returns the password that opens them.
 * The caller holds the folder's lock.
 *
 * @throws Problem when the files exist without their password, or PostgreSQL cannot create them
 */
export function ensureCluster(cluster: Cluster, binaries: PostgresBinaries, launch: Launch): string {
  if (existsSync(path.join(cluster.data, "PG_VERSION"))) {
    keepToOurselves(cluster);
    return readPassword(cluster);
  }
  const password = randomBytes(24).toString("base64url");
  writeFileSync(cluster.passwordFile, `${password}\n`, { mode: 0o600 });
  // `mode` only counts for a new file, and one may be left over from an initialisation that was interrupted.
  chmodSync(cluster.passwordFile, 0o600);
  initialise(cluster, password, binaries, launch);
  return password;
}

/** A copy made by a tool that forgets rights: PostgreSQL refuses a folder others may read. */
function keepToOurselves({ data, passwordFile }: Cluster): void {
  if (process.platform === "win32") return;
  if ((statSync(data).mode & 0o027) !== 0) chmodSync(data, 0o700);
  if (existsSync(passwordFile) && (statSync(passwordFile).mode & 0o077) !== 0) chmodSync(passwordFile, 0o600);
}

function readPassword(cluster: Cluster): string {
  try {
    return readFileSync(cluster.passwordFile, "utf8").trim();
  } catch (cause) {
    throw new Problem(
      `The embedded database in ${cluster.data} exists, but its password file ${cluster.passwordFile} cannot be read.`,
      "Put the file back from a backup, or give this user the right to read it. To start with an empty database instead, move the folder away.",
      { cause },
    );
  }
}

/** initdb works in a draft folder that is renamed at the end: a killed one never leaves half a database behind. */
function initialise(cluster: Cluster, password: string, binaries: PostgresBinaries, launch: Launch): void {
  const draft = `${cluster.data}.new`;
  const passwordForInitdb = `${cluster.passwordFile}.new`;
  rmSync(draft, { recursive: true, force: true });
  rmSync(passwordForInitdb, { force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordForInitdb, `${password}\n`, { mode: 0o600 });
  try {
    launch.handOver(draft);
    launch.handOver(passwordForInitdb);
    const [command, args] = launch.command(binaries.initdb, [
      ...["--pgdata", draft, "--username", SUPERUSER, "--pwfile", passwordForInitdb],
      ...["--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C", "--data-checksums"],
    ]);
    const result = spawnSync(command, args, { ...launch.identity, encoding: "utf8", windowsHide: true });
    if (result.status !== 0) throw initialisationFailed(cluster, result);
    renameSync(draft, cluster.data);
  } finally {
    rmSync(draft, { recursive: true, force: true });
    rmSync(passwordForInitdb, { force: true });
  }
}

function initialisationFailed(
  cluster: Cluster,
  result: { stdout: string; stderr: string; error?: Error },
): Problem {
  const said = `${result.stderr ?? ""}${result.stdout ?? ""}${result.error?.message ?? ""}`.trim();
  const full = said.includes("No space left on device");
  return new Problem(
    `The embedded database could not be created in ${cluster.data}: ${full ? "the disk is full" : said}.`,
    full
      ? "Free some space (a new database takes about 40 MB) and start again."
      : "Check that this user may write there, or set FLOWDECK_DATA_DIR to another folder.",
  );
}
