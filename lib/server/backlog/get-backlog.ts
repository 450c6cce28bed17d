import type { Backlog, BacklogCounts } from "#lib/api/backlog.ts";
import type { WaitedLimit } from "#lib/api/limit-clears-in.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { shareOf } from "../budget/lend-calls.ts";
import { WAIT_CODES } from "../budget/waits.ts";
import { database } from "../db/client.ts";
import { perPool } from "../db/per-pool.ts";
import { ARRIVED_LATELY_S, ARRIVED_S, type BacklogRows, type OpenRow, readBacklog } from "./backlog-rows.ts";
import { outlookOf, paceOf } from "./outlook.ts";

/** Every open page asks every few seconds; ten pages must cost what one does. */
const FRESH_MS = 2_000;
/** What takes long is kept so many times as long as it took: counting a hundred thousand that wait must not be what is done. */
const KEPT_TIMES = 50;
const OLDEST_MS = 5_000;

/** What waits to be worked off, why, and until when. A few seconds old at most. */
export async function getBacklog(actor: Actor, { flowId }: { flowId?: string }): Promise<Backlog> {
  authorize(actor, "executions.read");
  const { pool } = database();
  const [all, ofFlow] = await Promise.all([
    kept(pool)(),
    flowId === undefined ? null : readBacklog(pool, flowId).then(({ open }) => countsOf(open)),
  ]);
  return { ...all, ofFlow };
}

const kept = perPool((pool) => {
  let last: { answer: Promise<Backlog>; until: number } | undefined;
  return () => {
    const began = performance.now();
    if (last && began < last.until) return last.answer;
    // Whoever asks while it is read waits for the same.
    const reading = { answer: readBacklog(pool, null).then(backlogOf), until: Number.POSITIVE_INFINITY };
    last = reading;
    reading.answer.then(
      () => {
        const now = performance.now();
        reading.until = now + Math.min(OLDEST_MS, Math.max(FRESH_MS, (now - began) * KEPT_TIMES));
      },
      () => {
        last = undefined;
      },
    );
    return reading.answer;
  };
});

/** The answer made of what was read; of no flow in particular. */
export function backlogOf(rows: BacklogRows): Backlog {
  const { now, open, workers, limits, arrived, arrivedLately } = rows;
  const all = countsOf(open);
  const ready = open.filter(({ kind }) => kind === "ready");
  const okta = open.filter((row) => whyOf(row) === "okta");
  const readyFor = most(ready.map(({ readyFor }) => readyFor));
  const oktaFor = most(okta.map(({ until }) => until)) ?? 0;
  const age = Math.max(0, readyFor ?? 0, ...okta.map((row) => row.age));
  const ended = workers.map((worker) => worker.ended);
  // What came all at once counts only while it comes.
  const arrivedPerSecond = Math.min(arrived / ARRIVED_S, arrivedLately / ARRIVED_LATELY_S);
  const waited: WaitedLimit[] = limits.map(({ org, bucket, limit, reserve, endsIn }) => ({
    waiting: countOf(okta.filter(({ error }) => error?.data?.org === org && error.data.bucket === bucket)),
    share: shareOf(limit, reserve),
    endsIn,
  }));
  const sinceLastEnd = workers.length === 0 ? null : Math.min(...workers.map((one) => one.sinceLastEnd));
  const instant = (seconds: number) => new Date(now.getTime() + seconds * 1000).toISOString();
  return {
    at: now.toISOString(),
    all,
    ofFlow: null,
    readySince: readyFor === undefined ? null : instant(-readyFor),
    oktaUntil: all.okta === 0 ? null : instant(oktaFor),
    workers: workers.length,
    endedPerSecond: paceOf({ ended, age }),
    arrivedPerSecond,
    outlook: outlookOf(
      {
        ready: all.ready,
        okta: all.okta,
        age,
        ended,
        sinceLastEnd,
        arrivedPerSecond,
        limits: waited,
        oktaFor,
      },
      now.getTime(),
    ),
  };
}

function countsOf(open: readonly OpenRow[]): BacklogCounts {
  const of = (why: keyof BacklogCounts) => countOf(open.filter((row) => whyOf(row) === why));
  return {
    ready: of("ready"),
    running: of("running"),
    okta: of("okta"),
    down: of("down"),
    line: of("line"),
    delay: of("delay"),
    authorization: of("authorization"),
    paused: of("paused"),
    attention: of("attention"),
  };
}

function whyOf({ kind, error }: OpenRow): keyof BacklogCounts {
  if (kind !== "later") return kind;
  if (error?.code === WAIT_CODES.down) return "down";
  if (error?.kind === "rateLimited") return "okta";
  return error?.kind === "unauthorized" ? "authorization" : "delay";
}

function countOf(rows: readonly OpenRow[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}

function most(numbers: readonly (number | null)[]): number | undefined {
  const known = numbers.filter((number) => number !== null);
  return known.length === 0 ? undefined : Math.max(...known);
}
