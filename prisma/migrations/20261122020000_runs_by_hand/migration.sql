-- AlterTable
ALTER TABLE "bulk_runs" ADD COLUMN     "options" JSONB NOT NULL DEFAULT '{}';

-- The next rows to start are asked for again and again while a long list runs.
CREATE INDEX "bulk_rows_to_start" ON "bulk_rows" ("bulk_id", "position") WHERE "execution_id" IS NULL AND "problem" IS NULL;

-- Every worker asks every second which runs by hand are under way; past ones must not cost it anything.
CREATE INDEX "bulk_runs_running" ON "bulk_runs" ("created_at") WHERE "status" = 'running';

-- How many of a run's executions are under way decides how many more are started; those that have ended must not be counted through.
CREATE INDEX "executions_bulk_under_way" ON "executions" ("bulk_id") WHERE "bulk_id" IS NOT NULL AND "status" IN ('queued', 'running', 'waiting');
