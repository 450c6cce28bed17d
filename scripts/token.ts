// `npm run -s token -- --name "Nightly export"`: creates an API token and prints it, and nothing else, on standard output.
// For whoever has a shell on the machine; works whether Flowdeck runs or not.
import { existsSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { openDatabase } from "./database/open-database.ts";
import { prepareDatabase } from "./database/prepare-database.ts";
import { describeFailure, Problem } from "./problem.ts";
import { projectFolder } from "./project-folder.ts";

const USAGE = 'Usage: npm run -s token -- --name "What the token is for"';
const MAX_NAME_LENGTH = 100;

async function main(args: string[]): Promise<void> {
  const name = nameIn(args);
  const settingsFile = path.join(projectFolder, ".env");
  if (existsSync(settingsFile)) process.loadEnvFile(settingsFile);
  const place = await openDatabase({
    databaseUrl: process.env.DATABASE_URL || undefined,
    dataFolder: path.resolve(projectFolder, process.env.FLOWDECK_DATA_DIR || ".data"),
  });
  try {
    await prepareDatabase(place.url);
    console.log(await tokenFrom(place.url, name));
  } finally {
    await place.close();
  }
}

function nameIn(args: string[]): string {
  const name = parsed(args).trim();
  if (name.length >= 1 && name.length <= MAX_NAME_LENGTH) return name;
  throw new Problem(`The token needs a name of 1 to ${MAX_NAME_LENGTH} characters.`, USAGE);
}

function parsed(args: string[]): string {
  try {
    return parseArgs({ args, options: { name: { type: "string", default: "" } } }).values.name;
  } catch (cause) {
    throw new Problem("These arguments are not understood.", USAGE, { cause });
  }
}

async function tokenFrom(url: string, name: string): Promise<string> {
  // The server's log goes to standard output, which here belongs to the token. It is read when the log is loaded.
  process.env.LOG_LEVEL = "silent";
  const [{ createDatabase }, { issueToken }] = await Promise.all([
    import("#lib/server/db/client.ts"),
    import("#lib/server/accounts/tokens.ts"),
  ]);
  const database = createDatabase({ url, connections: 1, name: "flowdeck-token" });
  try {
    return (await issueToken(database.prisma, name, "command line", "command line")).token;
  } finally {
    await database.close();
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(describeFailure(error));
  process.exitCode = 1;
}
