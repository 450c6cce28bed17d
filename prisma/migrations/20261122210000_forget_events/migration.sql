-- Executions whose flow keeps no values and whose event is still there: they leave this index when retention takes it.
CREATE INDEX "executions_to_forget" ON "executions" ("finished_at") WHERE "blanked" = 'not-kept';
