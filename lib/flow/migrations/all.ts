import type { Migration } from "../migrate-document.ts";

/**
 * Every migration there is, oldest first. Each stands in a file of its own beside this one, named after the format it
 * reads and what it changes (`0001-split-names.ts` turns format 1 into format 2), works on plain JSON, never imports the current
 * schema, and is never changed once released: documents of every age are in databases and exports.
 */
export const migrations: readonly Migration[] = [];
