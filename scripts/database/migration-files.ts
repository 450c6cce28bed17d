import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Problem } from "../problem.ts";

/** One migration as it stands in the repository. */
export interface MigrationFile {
  /** The folder's name: a timestamp and a few words, so that names sort by age. */
  name: string;
  sql: string;
  /** sha256 of the file in hex: what Prisma notes when it applies a migration. */
  checksum: string;
}

/**
 * Reads the migrations in `folder` (one sub-folder each, holding migration.sql), oldest first.
 *
 * @throws Problem when a sub-folder holds no migration.sql
 */
export function readMigrations(folder: string): MigrationFile[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return names.map((name) => readMigration(folder, name));
}

function readMigration(folder: string, name: string): MigrationFile {
  const file = path.join(folder, name, "migration.sql");
  let content: Buffer;
  try {
    content = readFileSync(file);
  } catch (cause) {
    throw new Problem(
      `The migration ${name} has no file ${file}.`,
      "Restore it (`git restore prisma`), or remove the empty folder.",
      { cause },
    );
  }
  const checksum = createHash("sha256").update(content).digest("hex");
  return { name, sql: content.toString("utf8"), checksum };
}
