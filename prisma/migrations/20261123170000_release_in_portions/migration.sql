-- Where the next portion of what a resumed flow kept back goes on in the queue; null once all is released.
ALTER TABLE "flows" ADD COLUMN "release_turn" TIMESTAMPTZ(6);
