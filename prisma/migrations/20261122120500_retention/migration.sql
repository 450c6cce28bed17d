-- Why an execution has no inputs and outputs (any more): its flow keeps none, or a person's data was erased.
ALTER TABLE "executions" ADD COLUMN "blanked" TEXT;

-- Executions that were deleted after the days their flow keeps them, counted, so that totals are not lost with them.
CREATE TABLE "execution_days" (
    "flow_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "mode" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "execution_days_pkey" PRIMARY KEY ("flow_id","day","mode","status")
);

ALTER TABLE "execution_days" ADD CONSTRAINT "execution_days_flow_id_fkey" FOREIGN KEY ("flow_id") REFERENCES "flows"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A delivery goes when its last event has gone. Without this each one deleted reads the whole of events.
CREATE INDEX "events_delivery_id_idx" ON "events"("delivery_id");
