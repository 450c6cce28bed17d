-- How many executions each worker has ended lately, told with its heartbeat. Counted from executions instead, it would take
-- an index on when they ended, which every execution would have to write.
ALTER TABLE "workers" ADD COLUMN "ended" INTEGER[] NOT NULL DEFAULT '{}';
ALTER TABLE "workers" ADD COLUMN "last_ended_at" TIMESTAMPTZ(3);
