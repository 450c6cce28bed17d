-- A flow called because a card of another one failed: by which execution, and how many such calls led to it.
ALTER TABLE "executions" ADD COLUMN "called_by_id" UUID,
ADD COLUMN "call_depth" INTEGER NOT NULL DEFAULT 0;

CREATE INDEX "executions_called_by_id_idx" ON "executions"("called_by_id") WHERE "called_by_id" IS NOT NULL;

ALTER TABLE "executions" ADD CONSTRAINT "executions_called_by_id_fkey" FOREIGN KEY ("called_by_id") REFERENCES "executions"("id") ON DELETE SET NULL ON UPDATE CASCADE;
