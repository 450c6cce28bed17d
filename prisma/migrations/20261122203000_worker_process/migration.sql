-- A frozen worker keeps its sockets, and with them its slots of calls, its turns and the rows it had locked: nobody could
-- go on. Its connections bear this in their name, so that whoever takes its executions over can end them.
ALTER TABLE "workers" ADD COLUMN "process" TEXT;
