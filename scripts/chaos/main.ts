// `npm run chaos -- --help`
import { stopUnusedServer } from "../database/embedded-server.ts";
import { TEST_SERVER_FOLDER } from "../database/test-database.ts";
import { Problem } from "../problem.ts";
import { isSound, reportLines } from "./chaos-report.ts";
import { HELP, readOptions } from "./options.ts";
import { runChaos } from "./run-chaos.ts";

try {
  const options = readOptions(process.argv.slice(2));
  if (!options) console.log(HELP);
  else {
    const report = await runChaos(options, (line) => console.log(line));
    for (const line of reportLines(report)) console.log(line);
    if (!isSound(report)) process.exitCode = 1;
  }
} catch (error) {
  console.error(error instanceof Problem ? `${error.message}\n${error.fix}` : error);
  process.exitCode = 1;
} finally {
  await stopUnusedServer(TEST_SERVER_FOLDER);
}
