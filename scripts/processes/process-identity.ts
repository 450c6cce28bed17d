import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * A process that can be told apart from a later one with the same number.
 * Process numbers are reused, at once after a reboot and within hours in a container, so a number alone in a
 * file proves nothing about who wrote it.
 */
export interface ProcessIdentity {
  pid: number;
  /** When the process started, in whatever unit the system counts; only ever compared for equality. */
  startedAt: string;
}

/** The identity of a living process, or undefined when no such process exists. */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  if (!isRunning(pid)) return undefined;
  const startedAt = process.platform === "linux" ? startTimeFromProc(pid) : startTimeFromSystem(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

let own: ProcessIdentity | undefined;

/** The identity of this process. */
export function ownIdentity(): ProcessIdentity {
  own ??= identifyProcess(process.pid) ?? { pid: process.pid, startedAt: "unknown" };
  return own;
}

/** Whether exactly this process is still alive (not merely its number). */
export function isSameProcessAlive(identity: ProcessIdentity): boolean {
  return identifyProcess(identity.pid)?.startedAt === identity.startedAt;
}

/** Whether a process with this number exists; a process of another user counts. */
export function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** The command line of a living process, or undefined when it cannot be read. */
export function commandLine(pid: number): string | undefined {
  if (process.platform === "linux") {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    } catch {
      return undefined;
    }
  }
  return askSystem(
    ["ps", "-o", "command=", "-p", String(pid)],
    `(Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}').CommandLine`,
  );
}

function startTimeFromProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the command in parentheses and may hold spaces: count from the last parenthesis.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // A zombie has ended; it only waits for its parent to notice.
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function startTimeFromSystem(pid: number): string | undefined {
  return askSystem(
    ["ps", "-o", "lstart=", "-p", String(pid)],
    `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`,
  );
}

function askSystem(posix: [string, ...string[]], powershell: string): string | undefined {
  const [command, ...args] =
    process.platform === "win32" ? ["powershell", "-NoProfile", "-Command", powershell] : posix;
  const answer = spawnSync(command ?? "", args, { encoding: "utf8", windowsHide: true });
  const text = answer.stdout?.trim();
  return answer.status === 0 && text ? text : undefined;
}
