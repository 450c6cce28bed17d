-- The how-manieth an event was when it was counted. Kept, so that a repeated attempt gets the answer of the first one, and
-- so that old rows can go without the number going with them.
ALTER TABLE "event_counts" ADD COLUMN "number" INTEGER NOT NULL;

-- Old rows are looked for by age, all flows together.
CREATE INDEX "event_counts_published_idx" ON "event_counts"("published");
