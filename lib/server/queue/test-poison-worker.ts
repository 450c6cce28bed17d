// A worker for the test of poison: it knows one card more, which takes its worker down, takes all its memory or never comes
// back. Given an execution's id it runs that one alone, as worker/alone.ts does.
import { defineFunction } from "#lib/cards/define.ts";
import { field } from "#lib/cards/field.ts";
import { createRegistry } from "#lib/cards/registry.ts";
import { registry } from "#lib/registry.ts";
import { createEngineConnections } from "../connections/engine-connections.ts";
import { openDatabase } from "../db/client.ts";
import { env } from "../env/env.ts";
import { runAlone } from "../executor/run-alone.ts";
import { createExecutor } from "../executor/run-execution.ts";
import { startWorker } from "./start-worker.ts";
import { startWatchdog } from "./watchdog.ts";

const poison = defineFunction({
  id: "test.poison",
  version: 1,
  title: "Poison",
  summary: "Ends its worker, takes all its memory, or keeps it busy for ever.",
  category: "Tests",
  inputs: { how: field.text({ label: "How", required: true }) },
  outputs: {},
  sample: { inputs: { how: "hang" }, outputs: {} },
  run: ({ inputs }) => {
    if (inputs.how === "die") process.kill(process.pid, "SIGKILL");
    const kept: number[][] = [];
    while (inputs.how === "use up its memory") kept.push(new Array<number>(1_000_000).fill(kept.length));
    for (;;);
  },
});

const database = openDatabase({ url: env().databaseUrl, connections: 10, name: "flowdeck-test-worker" });
const concurrency = Number(process.env.POISON_CONCURRENCY ?? 4);
const executor = createExecutor({
  database,
  registry: createRegistry([...registry.cards, poison], []),
  connections: createEngineConnections(),
  concurrency,
  aloneEntry: import.meta.filename,
});
startWatchdog(Number(process.env.WATCHDOG_MS ?? 1500));
const alone = process.argv[2];
if (alone !== undefined) {
  await runAlone(executor, alone);
  process.exit(0);
}
await startWorker({
  database,
  concurrency,
  runExecution: executor.run,
  onCancel: executor.cancel,
  onLost: () => process.exit(1),
});
process.stdout.write("ready\n");
