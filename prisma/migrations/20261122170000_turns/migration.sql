-- Fair turns between flows in the queue: the last turn the flow was given when this execution's event came. Kept here, for
-- queue entries are gone once they are done, and the flow's next event comes after it.
ALTER TABLE "executions" ADD COLUMN "turn" TIMESTAMPTZ(6);

-- Flows that limit how many of their executions run at once, or run those about one person in order.
-- "line": waits for its turn and is in no queue; "in": has been let in and counts until its end.
ALTER TABLE "executions" ADD COLUMN "place" TEXT;
ALTER TABLE "flows"
  ADD COLUMN "max_running" INTEGER,
  ADD COLUMN "in_order" BOOLEAN NOT NULL DEFAULT false;

CREATE INDEX "executions_in_line" ON "executions" ("flow_id", "id") WHERE "place" = 'line' AND "status" = 'waiting';
CREATE INDEX "executions_let_in" ON "executions" ("flow_id")
  WHERE "place" = 'in' AND "status" IN ('queued', 'running', 'waiting');

-- Which flows want calls of a bucket in a window that is not enough for all, and what each was lent of it.
ALTER TABLE "rate_buckets" ADD COLUMN "turns" JSONB NOT NULL DEFAULT '{}';
