// `npm run -s erase -- --connection okta --user id`: takes one person's data out of the history and prints, as JSON, what
// went and what could not. For whoever has a shell on the machine; works whether Flowdeck runs or not.
import { existsSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { erasePersonBody } from "#lib/api/people.ts";
import { ApiProblem } from "#lib/server/http/problem.ts";
import { openDatabase } from "./database/open-database.ts";
import { prepareDatabase } from "./database/prepare-database.ts";
import { describeFailure, Problem } from "./problem.ts";
import { projectFolder } from "./project-folder.ts";

const USAGE =
  "Usage: npm run -s erase -- --connection <alias> --user <id or login> [--also <further address or number>]…";

async function main(args: string[]): Promise<void> {
  const request = requestIn(args);
  const settingsFile = path.join(projectFolder, ".env");
  if (existsSync(settingsFile)) process.loadEnvFile(settingsFile);
  // The server's log goes to standard output, which here belongs to the answer. It is read when the log is loaded.
  process.env.LOG_LEVEL = "silent";
  const place = await openDatabase({
    databaseUrl: process.env.DATABASE_URL || undefined,
    dataFolder: path.resolve(projectFolder, process.env.FLOWDECK_DATA_DIR || ".data"),
  });
  try {
    await prepareDatabase(place.url);
    const [{ createDatabase }, { erasePerson }] = await Promise.all([
      import("#lib/server/db/client.ts"),
      import("#lib/server/retention/erase-person.ts"),
    ]);
    const database = createDatabase({ url: place.url, connections: 1, name: "flowdeck-erase" });
    try {
      console.log(JSON.stringify(await erasePerson(database, "command line", request), null, 2));
    } finally {
      await database.close();
    }
  } finally {
    await place.close();
  }
}

function requestIn(args: string[]) {
  const { success, data } = erasePersonBody.safeParse(parsed(args));
  if (success) return data;
  throw new Problem("A connection and a person are needed, and every name has at least 3 characters.", USAGE);
}

function parsed(args: string[]) {
  const options = {
    connection: { type: "string" },
    user: { type: "string" },
    also: { type: "string", multiple: true },
  } as const;
  try {
    return { ...parseArgs({ args, options }).values };
  } catch (cause) {
    throw new Problem("These arguments are not understood.", USAGE, { cause });
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(
    error instanceof ApiProblem ? `${error.message}\n${error.body.hint ?? USAGE}` : describeFailure(error),
  );
  process.exitCode = 1;
}
