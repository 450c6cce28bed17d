// `node worker/alone.ts <execution>`: started by a worker (lib/server/executor/apart.ts), not by hand.
import { log } from "#lib/server/log.ts";
import { runOne } from "./run-one.ts";

try {
  await runOne(process.argv[2] ?? "");
  process.exit(0);
} catch (err) {
  log.error({ err }, "A process for one execution could not do its work.");
  process.exit(1);
}
