-- Which of Okta's windows a bucket is in, as its answers name it: the reset, in seconds since 1970 by Okta's clock.
ALTER TABLE "rate_buckets" ADD COLUMN "window_reset" BIGINT;
