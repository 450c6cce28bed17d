-- Who said what had become of a write of unknown outcome; the outputs of such a step are what that person gave.
ALTER TABLE "steps" ADD COLUMN "settled_by" TEXT;
