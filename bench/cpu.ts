import { readdirSync, readFileSync } from "node:fs";

const TICKS_PER_SECOND = 100;

interface Process {
  parent: number;
  /** Its own, and that of the children it saw end. */
  seconds: number;
}

/**
 * How much CPU these processes and all they started have taken so far, in seconds. On a machine that others use it says more
 * than time: who runs in one process loses less to them than who runs in several. Linux; elsewhere not a number.
 *
 * @param roots process ids
 */
export function cpuSecondsOf(roots: number[]): number {
  const all = processes();
  if (all.size === 0) return Number.NaN;
  const belongs = (pid: number): boolean =>
    roots.includes(pid) || (all.has(pid) && belongs(all.get(pid)?.parent ?? 0));
  return [...all].reduce((sum, [pid, { seconds }]) => (belongs(pid) ? sum + seconds : sum), 0);
}

function processes(): Map<number, Process> {
  const found = new Map<number, Process>();
  for (const name of entriesOfProc()) {
    const stat = readIfThere(`/proc/${name}/stat`);
    // The name before may hold anything, parentheses too. What follows is numbered as in proc(5), from field 3 on.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields.length < 15) continue;
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    found.set(Number(name), { parent: Number(fields[1]), seconds: ticks / TICKS_PER_SECOND });
  }
  return found;
}

function entriesOfProc(): string[] {
  try {
    return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

/** A process may be gone between the list and the look. */
function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** The process that started this one: of a database's backend, the server. Linux; elsewhere not a number. */
export function parentOf(pid: number): number {
  return processes().get(pid)?.parent ?? Number.NaN;
}
