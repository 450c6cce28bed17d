// `npm run bench -- --help`
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { backlog } from "./parts/backlog.ts";
import { compare } from "./parts/compare.ts";
import { growth } from "./parts/growth.ts";
import { history } from "./parts/history.ts";
import { load } from "./parts/load.ts";
import { pace } from "./parts/pace.ts";
import { openStage, type Stage } from "./stage.ts";

const PARTS: Record<string, { title: string; run: (stage: Stage, quick: boolean) => Promise<void> }> = {
  pace: { title: "At a pace", run: pace },
  load: { title: "As much as goes", run: load },
  backlog: { title: "A backlog", run: backlog },
  growth: { title: "Growth", run: growth },
  compare: { title: "Beside others", run: compare },
  history: { title: "A long history", run: history },
};

const HELP = `Measures Flowdeck on a database of its own, with a stub in the place of Okta.

  npm run bench                     every part, about half an hour
  npm run bench -- --quick          every part with fewer events, a few minutes
  npm run bench -- load growth      some parts
  node bench/running.ts --help      measures an instance that runs already

Parts
  pace      5, 83 and 200 events a second: time to the acknowledgement and to the end
  load      as many as are answered: two flows, 1, 16 and 64 deliveries at once, 1 and 3 workers; memory
  backlog   50,000 events that piled up without a worker
  growth    more flows that listen, more cards, larger events
  compare   the same flow as a DBOS program, in Node-RED and in n8n, by turns; installs them for the time it takes,
            n8n for minutes. COMPARE_DIR=<folder> keeps them there for the next run
  history   lists, searches and details among 1,000,000 executions, and retention

The results are Markdown tables. Stop what else uses the machine; docs/performance.md tells more.`;

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { help: { type: "boolean" }, quick: { type: "boolean" } },
    allowPositionals: true,
  });
  const unknown = positionals.find((name) => !(name in PARTS));
  if (unknown !== undefined)
    throw new Error(`There is no part "${unknown}". Parts: ${Object.keys(PARTS).join(", ")}.`);
  if (values.help) return console.log(HELP);
  const wanted = Object.entries(PARTS).filter(
    ([name]) => positionals.length === 0 || positionals.includes(name),
  );
  if (wanted.length > 1) return runApart(wanted.map(([name]) => name));
  for (const [, { title, run }] of wanted) {
    console.log(`\n## ${title}\n`);
    const stage = await openStage();
    try {
      await run(stage, values.quick === true);
    } finally {
      await stage.close();
    }
  }
}

/**
 * Each part on a fresh database, for what one leaves behind must not weigh on the next, and so in a process of its own: a
 * process reads its environment once, and the second part would look for the first one's database.
 */
function runApart(names: string[]): void {
  const flags = process.argv.slice(2).filter((word) => word.startsWith("--"));
  for (const name of names) {
    const { status } = spawnSync(process.execPath, [import.meta.filename, name, ...flags], {
      stdio: "inherit",
    });
    if (status !== 0) process.exitCode = 1;
  }
}
