-- AlterTable
ALTER TABLE "connections" ADD COLUMN     "auth" TEXT NOT NULL DEFAULT 'token',
ADD COLUMN     "created_by_id" TEXT,
ADD COLUMN     "log_seen_until" TIMESTAMPTZ(3),
ADD COLUMN     "scopes" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "token_expires_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "deliveries" ADD COLUMN     "late_count" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "events" ADD COLUMN     "late" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "recovered" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "executions" ADD COLUMN     "bulk_id" UUID,
ADD COLUMN     "ran" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "severity" TEXT;

-- AlterTable
ALTER TABLE "flow_listeners" ADD COLUMN     "severity" TEXT;

-- AlterTable
ALTER TABLE "flows" ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'flow';

-- CreateTable
CREATE TABLE "connection_hooks" (
    "connection_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "hook_id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "detail" TEXT,
    "event_types" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "connection_hooks_pkey" PRIMARY KEY ("connection_id","position")
);

-- CreateTable
CREATE TABLE "oauth_attempts" (
    "state_hash" TEXT NOT NULL,
    "connection_id" UUID,
    "secret" TEXT NOT NULL,
    "secret_key_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "oauth_attempts_pkey" PRIMARY KEY ("state_hash")
);

-- CreateTable
CREATE TABLE "alarms" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "object_id" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 1,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(3),
    "closed_by" TEXT,

    CONSTRAINT "alarms_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event_counts" (
    "flow_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "event_uuid" TEXT NOT NULL,
    "published" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "event_counts_pkey" PRIMARY KEY ("flow_id","key","event_uuid")
);

-- CreateTable
CREATE TABLE "flow_marks" (
    "flow_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "flow_marks_pkey" PRIMARY KEY ("flow_id","key")
);

-- CreateTable
CREATE TABLE "bulk_runs" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "card_id" TEXT,
    "connection" TEXT,
    "status" TEXT NOT NULL DEFAULT 'running',
    "total" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "bulk_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bulk_rows" (
    "bulk_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "inputs" JSONB NOT NULL,
    "execution_id" UUID,
    "problem" TEXT,

    CONSTRAINT "bulk_rows_pkey" PRIMARY KEY ("bulk_id","position")
);

-- CreateIndex
CREATE INDEX "oauth_attempts_expires_at_idx" ON "oauth_attempts"("expires_at");

-- CreateIndex
CREATE INDEX "alarms_opened_at_idx" ON "alarms"("opened_at");

-- CreateIndex
CREATE INDEX "event_counts_flow_id_key_published_idx" ON "event_counts"("flow_id", "key", "published");

-- CreateIndex
CREATE INDEX "bulk_runs_created_at_idx" ON "bulk_runs"("created_at" DESC);

-- CreateIndex
CREATE INDEX "executions_bulk_id_idx" ON "executions"("bulk_id");

-- AddForeignKey
ALTER TABLE "connection_hooks" ADD CONSTRAINT "connection_hooks_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_counts" ADD CONSTRAINT "event_counts_flow_id_fkey" FOREIGN KEY ("flow_id") REFERENCES "flows"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "flow_marks" ADD CONSTRAINT "flow_marks_flow_id_fkey" FOREIGN KEY ("flow_id") REFERENCES "flows"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "executions" ADD CONSTRAINT "executions_bulk_id_fkey" FOREIGN KEY ("bulk_id") REFERENCES "bulk_runs"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bulk_rows" ADD CONSTRAINT "bulk_rows_bulk_id_fkey" FOREIGN KEY ("bulk_id") REFERENCES "bulk_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- One open alarm per kind and object: a second one counts up.
CREATE UNIQUE INDEX "alarms_open" ON "alarms" ("kind", "object_id") WHERE "closed_at" IS NULL;

-- "Why did it not run?" is asked of few executions among many.
CREATE INDEX "executions_not_run" ON "executions" ("created_at" DESC, "id" DESC) WHERE NOT "ran";
CREATE INDEX "executions_severity" ON "executions" ("severity", "created_at" DESC, "id" DESC) WHERE "severity" IS NOT NULL;

-- Hooks registered so far, each the first of its connection.
INSERT INTO "connection_hooks" ("connection_id", "position", "hook_id", "status", "detail", "event_types")
  SELECT "id", 0, "hook_id", "hook_status", "hook_detail", "hook_event_types" FROM "connections" WHERE "hook_id" IS NOT NULL;
