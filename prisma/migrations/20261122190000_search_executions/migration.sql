-- A search for a word that few executions hold read all of them: half a second among a million. The index holds ended ones
-- only, for each change of a row under way would write it anew; those under way are few and found by their status.
--
-- pg_trgm comes with PostgreSQL and may be installed by a database's owner. Where it is missing the search works without.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
EXCEPTION
  WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
    RAISE NOTICE 'pg_trgm is not available; searches among many executions will be slow.';
END
$$;
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm') THEN
    CREATE INDEX "executions_search" ON "executions"
      USING gin (("subject" || E'\n' || coalesce("reason", '')) gin_trgm_ops) WHERE "status" IN ('succeeded', 'failed', 'cancelled');
  END IF;
END
$$;
