import type { Actor } from "../accounts/actor.ts";
import { addConnection, openTestDatabase } from "../db/test-records.ts";
import { stubServerEnv } from "../env/stub-server-env.ts";
import { log } from "../log.ts";

/** For tests: two owners. */
export const ann: Actor = { kind: "user", id: "u1", name: "Ann", role: "owner" };
export const bob: Actor = { kind: "user", id: "u2", name: "Bob", role: "owner" };

/** For tests of what admins do with flows: a database with the connection "acme" that soundDocument uses, and no log. */
export async function openFlowDatabase() {
  stubServerEnv();
  const db = await openTestDatabase();
  const connection = await addConnection(db, { alias: "acme" });
  log.level = "silent";
  return { db, connection };
}
