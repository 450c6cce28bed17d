import type { z } from "zod";
import type { healthSchema } from "#lib/api/settings.ts";
import { database } from "../db/client.ts";
import { Reply } from "../http/reply.ts";
import { log } from "../log.ts";

type Health = z.output<typeof healthSchema>;

/** Workers renew their row every few seconds; one that missed 20 of them runs nothing. */
const WORKER_SILENT_AFTER_S = 20;

/** Whether flows can run: database there, queue installed, a worker alive. 503 with the same body when not. */
export async function health(): Promise<Reply<Health>> {
  const checks = await check();
  const ok = Object.values(checks).every((result) => result === "ok");
  return new Reply<Health>({ status: ok ? "ok" : "unavailable", checks }, { status: ok ? 200 : 503 });
}

async function check(): Promise<Health["checks"]> {
  try {
    const answer = await database().pool.query<{ queue: boolean; worker: boolean }>(
      `select to_regclass('graphile_worker.jobs') is not null as queue,
              exists(select 1 from workers where heartbeat_at > now() - make_interval(secs => $1)) as worker`,
      [WORKER_SILENT_AFTER_S],
    );
    const row = answer.rows[0];
    return { database: "ok", queue: row?.queue ? "ok" : "failed", worker: row?.worker ? "ok" : "failed" };
  } catch (err) {
    log.warn({ err }, "The health check could not ask the database.");
    return { database: "failed", queue: "failed", worker: "failed" };
  }
}
