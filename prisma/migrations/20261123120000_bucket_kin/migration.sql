-- Okta counts some of our buckets together. By the other's name: whether the two were one in the window named.
ALTER TABLE "rate_buckets" ADD COLUMN "kin" JSONB NOT NULL DEFAULT '{}';
