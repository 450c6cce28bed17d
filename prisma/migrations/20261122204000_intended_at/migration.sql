-- When a step's row was first written, by the database's clock: workers' clocks may be off, each by as much as it likes.
-- Rows from before keep null: how long ago they were written nobody can say. Hence the default in a statement of its own.
ALTER TABLE "steps" ADD COLUMN "intended_at" TIMESTAMPTZ(3);

ALTER TABLE "steps" ALTER COLUMN "intended_at" SET DEFAULT CURRENT_TIMESTAMP;
