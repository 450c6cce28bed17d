import { url as inspectorUrl } from "node:inspector";
import { Worker } from "node:worker_threads";
import { log } from "../log.ts";

/** What the thread is started with. */
export interface WatchdogData {
  /** One Int32 that the main thread counts up while it answers. */
  beats: SharedArrayBuffer;
  tickMs: number;
  /** Ticks in a row without a beat after which the process is killed. */
  ticks: number;
}

/** Ticks in the time that may pass in silence. */
const TICKS = 15;

/**
 * Kills this process when its event loop has not turned for a while: an endless loop or a regular expression that never
 * ends keeps it from doing anything about itself, while its socket stays open and other executions wait in it. Whoever
 * supervises the process starts it again, and others take its executions over.
 *
 * The thread counts its own ticks and looks at no clock: a process that was stopped and goes on, or a machine that slept,
 * was not silent. Nothing is watched while a debugger is attached, for at a breakpoint the loop stands still.
 *
 * @param silentMs more than a card's longest computing at a stretch, and less than the silence after which others hold
 *   this worker for dead (sweep.ts)
 */
export function startWatchdog(silentMs = 15_000): { stop: () => Promise<void> } {
  if (inspectorUrl() !== undefined) return { stop: async () => {} };
  const tickMs = silentMs / TICKS;
  const beats = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const counter = new Int32Array(beats);
  const beating = setInterval(() => Atomics.add(counter, 0, 1), tickMs / 2);
  beating.unref();
  const data: WatchdogData = { beats, tickMs, ticks: TICKS };
  const thread = new Worker(new URL("./watchdog-thread.ts", import.meta.url), { workerData: data });
  thread.unref();
  thread.on("error", (error) => log.error({ err: error }, "Nothing watches whether this worker hangs."));
  return {
    stop: async () => {
      clearInterval(beating);
      await thread.terminate();
    },
  };
}
