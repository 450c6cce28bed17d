// `node worker/main.ts`: one worker process. Says `ready` when it takes executions; SIGTERM and SIGINT let it finish the
// cards it is at. Any number of them may run, on one or many machines.
import { flushCompileCache } from "node:module";
import { runWorker } from "./run-worker.ts";

try {
  const worker = await runWorker();
  console.log("ready");
  // Node keeps what it made of the sources when a process ends, and a killed worker would leave nothing to the next one.
  flushCompileCache();
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      worker.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
