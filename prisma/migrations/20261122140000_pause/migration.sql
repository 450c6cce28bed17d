-- A paused flow stays on: its events are taken in and their executions wait.
ALTER TABLE "flows"
  ADD COLUMN "paused_at" TIMESTAMPTZ(3),
  ADD COLUMN "paused_reason" TEXT,
  ADD COLUMN "paused_kind" TEXT;

-- Kept back by a pause: it waits and has no queue entry until the flow is resumed.
-- Crashes: how often a worker died at it without its coming further in between.
ALTER TABLE "executions"
  ADD COLUMN "held" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "crashes" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "crashed_at_step" INTEGER NOT NULL DEFAULT 0;

CREATE INDEX "executions_held" ON "executions" ("flow_id") WHERE "held";
