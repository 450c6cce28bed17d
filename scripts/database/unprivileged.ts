import { spawnSync } from "node:child_process";
import { chownSync } from "node:fs";
import { Problem } from "../problem.ts";

const NOBODY = 65534;

/** How a program is started so that PostgreSQL, which refuses to run as root, accepts it. */
export interface Launch {
  kind: "as-is" | "user-namespace" | "capability" | "nobody";
  /** The command and arguments that run `program` with `args`. */
  command(program: string, args: string[]): [command: string, args: string[]];
  /** Extra options for spawn: the user to run as. */
  identity: { uid?: number; gid?: number };
  /** Hands a new, empty folder or file to the user the program runs as. */
  handOver(file: string): void;
}

const asIs: Launch = {
  kind: "as-is",
  command: (program, args) => [program, args],
  identity: {},
  handOver: () => {},
};

/**
 * PostgreSQL checks only that its effective user is not number 0. A user namespace that shows root as nobody
 * satisfies it while files stay root's, so it works under /root (mode 700) too. Adding a system user, which the usual
 * wrapper does, would change the machine.
 */
const inUserNamespace: Launch = {
  kind: "user-namespace",
  command: (program, args) => [
    "unshare",
    ["--user", `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, program, ...args],
  ],
  identity: {},
  handOver: () => {},
};

/** Where user namespaces are forbidden (the usual container): nobody, keeping only root's right to walk folders. */
const withCapability: Launch = {
  kind: "capability",
  command: (program, args) => [
    "setpriv",
    [
      ...["--reuid", String(NOBODY), "--regid", String(NOBODY), "--clear-groups"],
      ...["--inh-caps", "+dac_override", "--ambient-caps", "+dac_override"],
      ...[program, ...args],
    ],
  ],
  identity: {},
  handOver: (file) => chownSync(file, NOBODY, NOBODY),
};

/** The last resort; only works when nobody may walk to the project folder. */
const asNobody: Launch = {
  kind: "nobody",
  command: (program, args) => [program, args],
  identity: { uid: NOBODY, gid: NOBODY },
  handOver: (file) => chownSync(file, NOBODY, NOBODY),
};

/** The ways for root to run a program as somebody less, best first. */
export const waysToStepDown: readonly Launch[] = [inUserNamespace, withCapability, asNobody];

const mayStayAsIs = () => process.platform === "win32" || process.getuid?.() !== 0;

/**
 * Chooses how to start PostgreSQL here: as the present user, or, for root, as somebody less.
 *
 * @param program the postgres program; each way is tried by asking it for its version
 * @param dataFolder an existing folder the server must reach
 * @param candidates the ways to try, in this order
 * @throws Problem when the program does not run at all, or root finds no way to step down
 */
export function chooseLaunch(
  program: string,
  dataFolder: string,
  candidates: readonly Launch[] = mayStayAsIs() ? [asIs] : waysToStepDown,
): Launch {
  const complaints: string[] = [];
  for (const launch of candidates) {
    const complaint = trial(launch, program) ?? (launch === asNobody ? reachable(dataFolder) : undefined);
    if (complaint === undefined) return launch;
    complaints.push(`${launch.kind}: ${complaint}`);
  }
  throw new Problem(
    `The embedded PostgreSQL cannot be started on this machine (${complaints.join("; ")}).`,
    "Run Flowdeck as an ordinary user, or move it to a folder every user may enter, or set DATABASE_URL to a PostgreSQL of your own.",
  );
}

function trial(launch: Launch, program: string): string | undefined {
  const [command, args] = launch.command(program, ["--version"]);
  return complaintOf(command, args, launch);
}

function reachable(folder: string): string | undefined {
  return complaintOf("ls", [folder], asNobody);
}

function complaintOf(command: string, args: string[], launch: Launch): string | undefined {
  const result = spawnSync(command, args, { ...launch.identity, encoding: "utf8" });
  if (result.status === 0) return undefined;
  return result.error?.message ?? (result.stderr.trim() || `exit code ${result.status}`);
}
