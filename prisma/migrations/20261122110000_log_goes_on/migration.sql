-- The System Log of orgs with a hook was not read until now. Reading begins where the last delivery came, or it would
-- begin when the first flow was turned on: a log of months.
UPDATE "connections" c SET "log_seen_until" = coalesce(
    c."log_read_at",
    (SELECT max(d."received_at") FROM "deliveries" d WHERE d."connection_id" = c."id"),
    c."created_at")
  WHERE c."log_seen_until" IS NULL;

-- The last recovery is asked for with every connection, and most have none among very many deliveries.
CREATE INDEX "deliveries_recoveries" ON "deliveries" ("connection_id", "received_at" DESC) WHERE "source" = 'recovery';
