import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestConsole } from "../accounts/test-console.ts";
import { closeDatabase } from "../db/client.ts";
import { health } from "./health.ts";

let console_: Awaited<ReturnType<typeof openTestConsole>>;
beforeAll(async () => {
  console_ = await openTestConsole();
});
afterAll(() => console_.drop());

test("follows the worker's heartbeat, the queue and the database", async () => {
  expect(await health()).toMatchObject({
    status: 503,
    answer: { status: "unavailable", checks: { database: "ok", queue: "ok", worker: "failed" } },
  });

  await console_.prisma.worker.create({ data: { id: "w1", lockKey: 1 } });
  expect(await health()).toMatchObject({ status: 200, answer: { status: "ok", checks: { worker: "ok" } } });

  await console_.pool.query("update workers set heartbeat_at = now() - interval '21 seconds'");
  expect(await health()).toMatchObject({ status: 503, answer: { checks: { worker: "failed" } } });

  await console_.pool.query("update workers set heartbeat_at = now()");
  await console_.pool.query("drop schema graphile_worker cascade");
  expect(await health()).toMatchObject({
    status: 503,
    answer: { checks: { queue: "failed", worker: "ok" } },
  });

  // The next call opens the database of DATABASE_URL, where nobody listens.
  await closeDatabase();
  expect(await health()).toMatchObject({
    status: 503,
    answer: { status: "unavailable", checks: { database: "failed", queue: "failed", worker: "failed" } },
  });
});
