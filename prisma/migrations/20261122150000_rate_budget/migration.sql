-- How much of an org flows may use, and whether it is down.
ALTER TABLE "connections" ADD COLUMN "reserve_percent" INTEGER NOT NULL DEFAULT 50,
ADD COLUMN     "max_calls" INTEGER NOT NULL DEFAULT 30,
ADD COLUMN     "down_since" TIMESTAMPTZ(3),
ADD COLUMN     "down_until" TIMESTAMPTZ(3),
ADD COLUMN     "down_times" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "down_reason" TEXT;

-- What all workers together know and have given out of a rate bucket of an org.
CREATE TABLE "rate_buckets" (
    "connection_id" UUID NOT NULL,
    "bucket" TEXT NOT NULL,
    "call_limit" INTEGER,
    "remaining" INTEGER,
    "ends_at" TIMESTAMPTZ(3),
    "granted" INTEGER NOT NULL DEFAULT 0,
    "carried" INTEGER NOT NULL DEFAULT 0,
    "used" INTEGER NOT NULL DEFAULT 0,
    "used_before" INTEGER NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "rate_buckets_pkey" PRIMARY KEY ("connection_id","bucket")
);

-- AddForeignKey
ALTER TABLE "rate_buckets" ADD CONSTRAINT "rate_buckets_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;
