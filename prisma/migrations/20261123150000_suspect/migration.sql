-- Whether executions of a flow run in processes of their own, because workers died with several of them.
ALTER TABLE "flows" ADD COLUMN "suspect" BOOLEAN NOT NULL DEFAULT false;
