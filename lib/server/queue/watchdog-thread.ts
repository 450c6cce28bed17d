// The other side of watchdog.ts: a thread of its own, for the main one is what may hang.
import { writeSync } from "node:fs";
import { workerData } from "node:worker_threads";
import type { WatchdogData } from "./watchdog.ts";

const { beats, tickMs, ticks }: WatchdogData = workerData;
const counter = new Int32Array(beats);
let seen = -1;
let silent = 0;

setInterval(() => {
  const now = Atomics.load(counter, 0);
  silent = now === seen ? silent + 1 : 0;
  seen = now;
  if (silent < ticks) return;
  const msg = "This worker hung and ends itself: a card kept it busy and did not come back.";
  // The log's stream belongs to the thread that hangs, and so does everything a gentler end would run.
  writeSync(2, `${JSON.stringify({ level: "fatal", time: new Date().toISOString(), msg })}\n`);
  process.kill(process.pid, "SIGKILL");
}, tickMs);
