-- Profile attributes of the org that are neither shown nor kept in the clear in executions.
ALTER TABLE "connections" ADD COLUMN "hidden_attributes" TEXT[] DEFAULT ARRAY[]::TEXT[];
