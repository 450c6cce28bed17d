-- Since when a flow listens. Events read from the System Log start only flows that listened when they happened.
ALTER TABLE "flow_listeners" ADD COLUMN "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

UPDATE "flow_listeners" l SET "since" = v."created_at"
  FROM "flows" f JOIN "flow_versions" v ON v."id" = f."live_version_id" WHERE f."id" = l."flow_id";

-- What tells that an event came after a later one about the same person or thing.
ALTER TABLE "events" ADD COLUMN "about" TEXT;

CREATE INDEX "events_connection_id_about_published_idx" ON "events"("connection_id", "about", "published");

-- For the lag, without reading events.
ALTER TABLE "deliveries" ADD COLUMN "newest_published" TIMESTAMPTZ(3);

-- Totals of days that are over, so that counters need no deliveries of long ago.
CREATE TABLE "intake_days" (
    "connection_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "delivered" INTEGER NOT NULL,
    "recovered" INTEGER NOT NULL,
    "duplicate" INTEGER NOT NULL,
    "late" INTEGER NOT NULL,

    CONSTRAINT "intake_days_pkey" PRIMARY KEY ("connection_id","day")
);

ALTER TABLE "intake_days" ADD CONSTRAINT "intake_days_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A connection's hooks stand in connection_hooks, since it may have several.
ALTER TABLE "connections" DROP COLUMN "hook_id", DROP COLUMN "hook_event_types";
