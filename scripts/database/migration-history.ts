import { Problem } from "../problem.ts";
import type { MigrationFile } from "./migration-files.ts";

/** One row of _prisma_migrations. */
export interface MigrationRecord {
  name: string;
  checksum: string;
  finished: boolean;
  rolledBack: boolean;
  /** What the database said when it failed. */
  logs: string | null;
}

/** Whether the record stands for a migration that is in the database now. */
export function applied(record: MigrationRecord): boolean {
  return record.finished && !record.rolledBack;
}

/**
 * Refuses a database whose history does not fit the files: going on would change it in a way nobody has tested.
 *
 * @throws Problem naming the migrations and the way out
 */
export function checkHistory(files: MigrationFile[], records: MigrationRecord[]): void {
  refuseFailed(records);
  refuseNewer(files, records);
  refuseEdited(files, records);
}

function refuseFailed(records: MigrationRecord[]): void {
  const failed = records.find((record) => !record.finished && !record.rolledBack);
  if (failed === undefined) return;
  throw new Problem(
    `The migration ${failed.name} failed earlier${failed.logs ? `: ${failed.logs.trim()}` : "."}`,
    `Put that right, then run \`npm run prisma -- migrate resolve --rolled-back ${failed.name}\` and start again.`,
  );
}

function refuseNewer(files: MigrationFile[], records: MigrationRecord[]): void {
  const known = new Set(files.map((file) => file.name));
  const unknown = records.filter((record) => applied(record) && !known.has(record.name));
  if (unknown.length === 0) return;
  throw new Problem(
    `The database is newer than this version of Flowdeck: it holds ${unknown.map((record) => record.name).join(", ")}, which this version does not know.`,
    "Start the newer version again, or restore the backup taken before the upgrade.",
  );
}

function refuseEdited(files: MigrationFile[], records: MigrationRecord[]): void {
  const checksums = new Map(files.map((file) => [file.name, file.checksum]));
  const edited = records.filter(
    (record) => applied(record) && checksums.get(record.name) !== record.checksum,
  );
  if (edited.length === 0) return;
  throw new Problem(
    `Migrations were edited after they had been applied: ${edited.map((record) => record.name).join(", ")}.`,
    "Restore the files (`git restore prisma/migrations`) and put the change into a new migration.",
  );
}
