import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { Problem } from "../problem.ts";
import { askToStop, forceToStop, GRACE_MS } from "../processes/stop-process.ts";

/** Waits between restarts of a service that keeps dying; the last one is repeated. */
const BACKOFF_MS = [500, 1_000, 2_000, 5_000, 10_000, 30_000];
/** A service that ran this long had really started; its next death is a new story. */
const STEADY_MS = 60_000;
const LAST_LINES = 15;
const LIFELINE = new URL("./lifeline.ts", import.meta.url).href;
/** What a library will do without in its next version (Prisma's use of pg) is not for who reads the terminal. */
const NODE_OPTIONS = ["--import", LIFELINE, "--no-deprecation"];

/** A long-running part of Flowdeck. */
export interface Service {
  name: string;
  /** Arguments of the Node that runs this process. */
  args: string[];
  cwd: string;
  environment: NodeJS.ProcessEnv;
  /** Whether the service says `ready` on its output, or something else finds out when it is. */
  announcesReady: boolean;
  /**
   * After how many deaths in a row, each within a minute of its start, it is given up. Absent: never, for a worker ends
   * whenever the database is away, however long that takes.
   */
  fastDeaths?: number;
}

/** What the supervisor tells its owner. */
export interface SupervisorEvents {
  line(service: string, text: string, stream: "stdout" | "stderr"): void;
  /** A sentence for the person at the terminal. */
  notify(message: string): void;
  spawned(pid: number): void;
}

/** A service under supervision. */
export interface SupervisedService {
  name: string;
  /** Fulfilled when the service has announced itself for the first time (at once if it does not announce). */
  ready: Promise<void>;
  /**
   * Says of a service that does not announce itself that it is there. Until then its death means that it can't be
   * started; from then on it is started again.
   */
  confirmReady(): void;
  /** Fulfilled, with the reason, when the service is dead for good: before it was ready, or with onDeath "give-up". */
  gaveUp: Promise<Problem>;
  /** Asks it to stop, and stops it by force after the grace period. Fulfilled when it has ended. */
  stop(): Promise<void>;
  /** Stops it by force. */
  kill(): void;
}

/** Starts a service and keeps it running. */
export function supervise(
  service: Service,
  events: SupervisorEvents,
  { backoffMs = BACKOFF_MS, graceMs = GRACE_MS, steadyMs = STEADY_MS } = {},
): SupervisedService {
  const ready = Promise.withResolvers<void>();
  const gaveUp = Promise.withResolvers<Problem>();
  const stopping = new AbortController();
  const lastLines: string[] = [];
  let wasReady = false;
  let child: ChildProcess | undefined;
  let deaths = 0;
  if (!service.announcesReady) ready.resolve();

  const hear = (text: string, stream: "stdout" | "stderr") => {
    if (stream === "stdout" && isReadyLine(text)) {
      wasReady = true;
      ready.resolve();
      return;
    }
    lastLines.push(text);
    if (lastLines.length > LAST_LINES) lastLines.shift();
    events.line(service.name, text, stream);
  };

  const restartLater = async (how: string) => {
    const wait = backoffMs[Math.min(deaths, backoffMs.length) - 1] ?? 0;
    events.notify(`${service.name} ended (${how}); starting it again in ${wait / 1000} s.`);
    await sleep(wait, undefined, { signal: stopping.signal }).catch(() => {});
    if (!stopping.signal.aborted) launch();
  };

  const launch = () => {
    const startedAt = Date.now();
    // A process group of its own: Ctrl-C in a terminal reaches only us, and we stop the parts in order.
    const started = spawn(process.execPath, [...NODE_OPTIONS, ...service.args], {
      cwd: service.cwd,
      env: { ...service.environment, FLOWDECK_LAUNCHER: String(process.pid) },
      stdio: ["pipe", "pipe", "pipe"],
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    child = started;
    if (started.pid !== undefined) events.spawned(started.pid);
    createInterface(started.stdout).on("line", (text) => hear(text, "stdout"));
    createInterface(started.stderr).on("line", (text) => hear(text, "stderr"));
    // "close", not "exit": the last lines, which say why, have arrived.
    started.once("close", (code, signal) => {
      if (stopping.signal.aborted) return;
      const how = signal ?? `exit code ${code}`;
      deaths = Date.now() - startedAt > steadyMs ? 1 : deaths + 1;
      if (wasReady && deaths < (service.fastDeaths ?? Number.POSITIVE_INFINITY)) void restartLater(how);
      else gaveUp.resolve(explainDeath(service.name, how, wasReady ? deaths : 0, lastLines));
    });
    started.once("error", (error) =>
      gaveUp.resolve(explainDeath(service.name, error.message, wasReady ? deaths : 0, [])),
    );
  };

  const hasEnded = () => child === undefined || child.exitCode !== null || child.signalCode !== null;

  launch();
  return {
    name: service.name,
    ready: ready.promise,
    gaveUp: gaveUp.promise,
    confirmReady: () => {
      wasReady = true;
    },
    kill: () => {
      stopping.abort();
      if (!hasEnded() && child?.pid !== undefined) forceToStop(child.pid);
    },
    stop: async () => {
      stopping.abort();
      if (child?.pid === undefined || hasEnded()) return;
      const ended = once(child, "exit");
      askToStop(child.pid);
      const { pid } = child;
      const timer = setTimeout(() => {
        events.notify(`${service.name} did not stop within ${graceMs / 1000} s and is ended by force.`);
        forceToStop(pid);
      }, graceMs);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** The line `ready`, or `… ready on <address>`, or `ready` as the message of a log record. */
function isReadyLine(text: string): boolean {
  return /^ready\b/.test(text) || / ready on https?:/.test(text) || /"msg":"ready"/.test(text);
}

/** @param deaths how often it died in a row; 0 where it could not be started in the first place */
function explainDeath(name: string, how: string, deaths: number, lastLines: string[]): Problem {
  const words = lastLines.length > 0 ? ` Its last words:\n${lastLines.join("\n")}` : "";
  const what =
    deaths === 0 ? "could not be started" : deaths === 1 ? "ended" : `ended ${deaths} times in a row`;
  return new Problem(
    `${name} ${what} (${how}).${words}`,
    `The whole log is in the data folder: logs/${name}.log. npm start starts it again; nothing that was accepted is lost.`,
  );
}
