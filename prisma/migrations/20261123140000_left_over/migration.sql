-- Versions of flows that do not keep all values: retention asks for them every few minutes, and documents are large.
CREATE INDEX "flow_versions_keeping_less" ON "flow_versions" ("id") WHERE "document" #>> '{settings,keep}' IN ('never', 'on-failure');

-- Ended executions that have their values still and may have to lose them, by version: those of flows that keep everything
-- are never read. Drafts have no version and say themselves what they keep.
CREATE INDEX "executions_left_over" ON "executions" ("version_id", "status", "finished_at")
  WHERE "blanked" IS NULL AND "finished_at" IS NOT NULL
    AND ("mode" = 'plan' OR ("status" IN ('failed', 'cancelled') AND "mode" IN ('live', 'replay')))
    AND ("version_id" IS NOT NULL OR "document" #>> '{settings,keep}' IN ('never', 'on-failure'));
