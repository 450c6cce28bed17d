-- The last turn in the queue that was given when the flow was resumed: events that come later go after what was kept back.
ALTER TABLE "flows" ADD COLUMN "released_turn" TIMESTAMPTZ(6);
