-- The page of an execution lists its retries. Few executions have any, so the index holds only those.
CREATE INDEX "executions_retry_of_id_idx" ON "executions" ("retry_of_id") WHERE "retry_of_id" IS NOT NULL;
