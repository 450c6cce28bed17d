-- Which app a connection is authorized as, in the open: neither is a secret, and a list shows them without opening any.
ALTER TABLE "connections" ADD COLUMN     "client_id" TEXT,
ADD COLUMN     "public_key" JSONB;

-- Whose API tokens end with an account. A name may be had twice.
ALTER TABLE "api_tokens" ADD COLUMN     "created_by_id" TEXT;

-- Until now there was one account, so its tokens are those made under its name.
UPDATE "api_tokens" t SET "created_by_id" = u."id" FROM "users" u
  WHERE t."created_by" = u."name" AND (SELECT count(*) FROM "users") = 1;
