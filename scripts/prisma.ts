// `npm run prisma -- migrate dev --name add-something`: the Prisma command line against Flowdeck's database.
// PRISMA_SCHEMA_ENGINE_BINARY is handed through, for networks on which Prisma cannot download its engine.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { openDatabase } from "./database/open-database.ts";
import { describeFailure } from "./problem.ts";
import { projectFolder } from "./project-folder.ts";

/** @returns Prisma's exit code */
async function runPrisma(args: string[]): Promise<number> {
  const database = await openDatabase({
    databaseUrl: process.env.DATABASE_URL || undefined,
    dataFolder: path.resolve(projectFolder, process.env.FLOWDECK_DATA_DIR || ".data"),
  });
  try {
    const prisma = path.join(projectFolder, "node_modules", "prisma", "build", "index.js");
    const result = spawnSync(process.execPath, [prisma, ...args], {
      cwd: projectFolder,
      stdio: "inherit",
      env: { ...process.env, DATABASE_URL: database.url, CHECKPOINT_DISABLE: "1" },
    });
    return result.status ?? 1;
  } finally {
    await database.close();
  }
}

try {
  process.exitCode = await runPrisma(process.argv.slice(2));
} catch (error) {
  console.error(describeFailure(error));
  process.exitCode = 1;
}
