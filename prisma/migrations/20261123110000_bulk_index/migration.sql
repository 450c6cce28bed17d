-- Hardly any execution is of a run by hand: the others need not be in the index, each three times as they begin and end.
DROP INDEX "executions_bulk_id_idx";
CREATE INDEX "executions_of_bulk" ON "executions" ("bulk_id") WHERE "bulk_id" IS NOT NULL;
