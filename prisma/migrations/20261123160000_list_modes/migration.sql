-- Plans, tests, replays and runs by hand are few among the executions of events: a list of one kind walked all of them (0.2 s
-- among a million). Those of events are not in it, so what runs all day pays nothing.
CREATE INDEX "executions_mode" ON "executions" ("mode", "created_at" DESC, "id" DESC) WHERE "mode" <> 'live';
