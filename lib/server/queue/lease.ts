import { randomInt, randomUUID } from "node:crypto";
import pg from "pg";
import { connectionName, PROCESS } from "../db/connection-name.ts";
import { log } from "../log.ts";
import { CANCEL_CHANNEL } from "./cancel-channel.ts";
import { endedLately, endedSoFar, SLOT_SECONDS } from "./ended-lately.ts";

/** First half of the advisory locks workers hold; the second is their row's `lock_key`. Any number nobody else uses. */
export const WORKER_LOCKS = 0x6677;
const HEARTBEAT_MS = SLOT_SECONDS * 1000;
/** Together with the interval still below the silence after which others hold us for dead (sweep.ts). */
const ANSWER_WITHIN_MS = 10_000;

/** What a worker process holds while it lives. */
export interface Lease {
  /** Id of its row in `workers`. */
  workerId: string;
  /** Adds ids under which the queue library locks jobs, so that their jobs can be freed when this process dies. */
  addQueueIds: (ids: string[]) => Promise<void>;
  /** Gives everything back; whatever jobs are still locked are free for others at once. */
  release: () => Promise<void>;
}

export interface LeaseOptions {
  url: string;
  /** Called with the id of an execution somebody wants to cancel. */
  onCancel: (executionId: string) => void;
  /** Called once when others may already be taking our executions over. Stop working. */
  onLost: (reason: Error) => void;
}

/**
 * Announces this process as a worker: a row with a heartbeat, and an advisory lock on a connection of its own.
 * PostgreSQL frees the lock the moment the process dies (the kernel closes its socket), so others know at once, without
 * clocks; the heartbeat tells of a process that is frozen and keeps its socket. (graphile-worker alone would wait 4
 * hours.)
 *
 * @throws PostgreSQL's error when the database can't be reached
 */
export async function takeLease({ url, onCancel, onLost }: LeaseOptions): Promise<Lease> {
  const workerId = randomUUID();
  const lockKey = randomInt(1, 2 ** 31 - 1);
  const client = new pg.Client({
    connectionString: url,
    application_name: connectionName("flowdeck-worker-lease"),
    keepAlive: true,
    // A heartbeat without an answer means a broken network, and others may hold us for dead.
    query_timeout: ANSWER_WITHIN_MS,
    connectionTimeoutMillis: ANSWER_WITHIN_MS,
  });
  // Until it is held there is nothing to lose: what goes wrong is thrown.
  let over = true;
  let timer: NodeJS.Timeout | undefined;
  const lose = (reason: Error) => {
    if (over) return;
    over = true;
    clearInterval(timer);
    log.error(
      { workerId, err: reason },
      "This worker lost its lease; other workers take its executions over.",
    );
    onLost(reason);
  };
  client.on("error", lose);
  client.on("end", () => lose(new Error("The connection that holds the lease was closed.")));
  client.on("notification", ({ channel, payload }) => {
    if (channel === CANCEL_CHANNEL && payload) onCancel(payload);
  });
  await client.connect();
  // The lock first: a row without its lock is what a dead worker looks like.
  await client.query("select pg_advisory_lock($1, $2)", [WORKER_LOCKS, lockKey]);
  await client.query("insert into workers (id, lock_key, process) values ($1, $2, $3)", [
    workerId,
    lockKey,
    PROCESS,
  ]);
  await client.query(`listen ${CANCEL_CHANNEL}`);

  const ended = endedLately(await endedSoFar());
  over = false;
  const beat = async () => {
    const { rowCount } = await client.query(BEAT, [workerId, ended(await endedSoFar())]);
    if (rowCount === 0)
      throw new Error("Other workers held this one for dead: it did not renew its lease in time.");
  };
  timer = setInterval(() => beat().catch(lose), HEARTBEAT_MS);
  return {
    workerId,
    addQueueIds: async (ids) => {
      await client.query("update workers set queue_ids = queue_ids || $2::text[] where id = $1", [
        workerId,
        ids,
      ]);
    },
    release: async () => {
      clearInterval(timer);
      if (over) return;
      over = true;
      // Ending the connection frees the lock; the next sweep of another worker removes a row that stayed behind.
      await client.query("delete from workers where id = $1", [workerId]).catch(() => {});
      await client.end();
    },
  };
}

const BEAT = `
update workers set heartbeat_at = now(), ended = $2::int[],
  last_ended_at = case when ($2::int[])[1] > 0 then now() else last_ended_at end
where id = $1`;
