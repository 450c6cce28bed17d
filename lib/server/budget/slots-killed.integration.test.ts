import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openTestDatabase } from "../db/test-records.ts";
import { CallSlots } from "./call-slots.ts";

const LIMIT = 4;
let db: Awaited<ReturnType<typeof openTestDatabase>>;
const children: ChildProcess[] = [];
beforeAll(async () => {
  db = await openTestDatabase();
});
afterEach(async () => {
  await Promise.all(children.splice(0).map(kill));
});
afterAll(() => db.drop());

/** A process that holds so many slots of an org. */
async function holder(connectionId: string, count: number): Promise<ChildProcess> {
  const script = path.join(import.meta.dirname, "test-slot-holder.ts");
  const child = spawn(process.execPath, [script, db.url, connectionId, String(LIMIT), String(count)], {
    env: { ...process.env, LOG_LEVEL: "silent" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const [said] = await Promise.race([once(child.stdout ?? child, "data"), once(child, "exit")]);
  expect(String(said)).toBe("held\n");
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

test("calls of all processes together keep to the limit, and those of a killed one are free for the others", async () => {
  await db.prisma.worker.createMany({
    data: [
      { id: "one", lockKey: 1 },
      { id: "two", lockKey: 2 },
    ],
  });
  const dying = await holder("org", 2);
  await holder("org", 2);
  const own = new CallSlots(db.url);
  const full = { details: { kind: "rateLimited", code: "calls-at-limit" } };
  await expect(own.enter("org", LIMIT)).rejects.toMatchObject(full);
  await kill(dying);
  await own.enter("org", LIMIT);
  await own.enter("org", LIMIT);
  const third = new CallSlots(db.url);
  await expect(third.enter("org", LIMIT)).rejects.toMatchObject(full);
  await Promise.all([own.close(), third.close()]);
}, 60_000);
