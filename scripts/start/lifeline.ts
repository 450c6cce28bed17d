// Loaded into every service (node --import). The launcher holds the other end of a service's standard input and
// writes nothing to it; when the launcher dies, however suddenly, the system closes it, and the service stops as if it
// had been asked to. Without this a killed launcher left web, worker and sandbox org running on their ports.
import { isMainThread } from "node:worker_threads";

const GRACE_MS = 15_000;

// Helper processes a service starts load this file too, with another standard input: only our own child listens.
if (isMainThread && process.env.FLOWDECK_LAUNCHER === String(process.ppid)) {
  process.stdin.once("end", () => {
    setTimeout(() => process.kill(process.pid, "SIGKILL"), GRACE_MS).unref();
    process.kill(process.pid, "SIGTERM");
  });
  process.stdin.resume();
  if ("unref" in process.stdin) process.stdin.unref();
}
