import { setTimeout as sleep } from "node:timers/promises";
import type { Actor } from "../accounts/actor.ts";
import { tablesHolding } from "../db/test-tables-holding.ts";
import { getExecution } from "../executions/get-execution.ts";
import type { FaultStage } from "./test-fault-stage.ts";

/** What is looked at: a stage of faults, or as much of one as tests with an arrangement of their own can tell. */
export type Scene = Pick<FaultStage, "answered" | "output" | "secrets" | "workers"> & {
  base: Pick<FaultStage["base"], "connectionId" | "sandbox"> & {
    db: Pick<FaultStage["base"]["db"], "pool" | "prisma">;
  };
};

const owner: Actor = { kind: "user", id: "u1", name: "Ann", role: "owner" };
/** Named ends of an execution. "attention" is one: it says what a person has to find out. */
const ENDED = ["succeeded", "failed", "cancelled", "attention"];
/** Writes that may arrive twice without changing anything; each repetition must be explained by a lost attempt. */
const REPEATABLE = /^(PUT|DELETE) \/api\/v1\/groups\/[^/]+\/users\/[^/]+$/;
/**
 * Every new user and group has the same address; that there is one of each is looked for in the org. Event hooks are
 * brought up to date by the keeper of connections, not by executions.
 */
const NOT_COUNTED = /^POST \/api\/v1\/(users|groups)$|\/api\/v1\/eventHooks/;

export interface Expected {
  /** Within this long every execution ends. */
  withinMs?: number;
}

/**
 * For tests of faults: what is left of five promises after a fault, as sentences; empty when all were kept.
 *
 * (a) Every event whose delivery was answered 2xx is stored. (b) No event started a flow twice. (c) Every execution came
 * to a named end, or is kept back by a paused flow. (d) No write took effect twice, but those that may be repeated, and they no more often than attempts
 * were lost. (e) No secret stands in a row, in a log or in what the API tells of an execution.
 */
export async function violations(stage: Scene, { withinMs = 60_000 }: Expected = {}): Promise<string[]> {
  const unfinished = await withoutEnd(stage, withinMs);
  const found = await Promise.all([
    notStored(stage),
    startedTwice(stage),
    writtenTwice(stage),
    secretsInRows(stage),
    secretsInAnswers(stage),
  ]);
  return [...unfinished, ...found.flat(), ...secretsInLogs(stage)];
}

async function notStored({ base, answered }: Scene): Promise<string[]> {
  const { rows } = await base.db.pool.query<{ uuid: string }>(
    `select a.uuid from unnest($1::text[]) a(uuid)
     where not exists (select from events e where e.connection_id = $2 and e.uuid = a.uuid)`,
    [[...answered], base.connectionId],
  );
  return rows.map(({ uuid }) => `Event ${uuid} was answered 2xx and is not stored.`);
}

async function startedTwice({ base }: Scene): Promise<string[]> {
  const { rows } = await base.db.pool.query<{ event_id: string; flow_id: string; times: string }>(
    `select event_id, flow_id, count(*) as times from executions
     where event_id is not null and mode = 'live' and retry_of_id is null
     group by event_id, flow_id having count(*) > 1`,
  );
  return rows.map((row) => `Event ${row.event_id} started flow ${row.flow_id} ${row.times} times.`);
}

async function withoutEnd(stage: Scene, withinMs: number): Promise<string[]> {
  const open = async () =>
    stage.base.db.prisma.execution.findMany({
      where: { status: { notIn: ENDED }, NOT: { held: true, flow: { pausedAt: { not: null } } } },
      select: { id: true, status: true, reason: true },
    });
  const deadline = Date.now() + withinMs;
  // The database may be away meanwhile.
  while ((await open().catch(() => undefined))?.length !== 0 && Date.now() < deadline) await sleep(50);
  const left = (await open()).map(
    ({ id, status, reason }) => `Execution ${id} is still ${status} (${reason}).`,
  );
  return left.length === 0 ? [] : [...left, ...workersThatEnded(stage)];
}

/** Why nothing goes on, where that is because the workers are gone. */
function workersThatEnded({ workers }: Scene): string[] {
  return workers
    .filter(({ process: { exitCode, signalCode } }) => exitCode !== null || signalCode !== null)
    .map(({ output }) => `A worker has ended; its last words: ${output.slice(-3).join(" ").slice(0, 600)}`);
}

async function writtenTwice({ base }: Scene): Promise<string[]> {
  const { byPath } = base.sandbox.counters.json().applied;
  const twice = Object.entries(byPath).filter(([what, times]) => times > 1 && !NOT_COUNTED.test(what));
  const repeated = twice.filter(([what]) => REPEATABLE.test(what));
  const doubled = twice.filter(([what]) => !REPEATABLE.test(what));
  const extra = repeated.reduce((sum, [, times]) => sum + times - 1, 0);
  const lost = await base.db.prisma.step.count({ where: { status: "unknown" } });
  const logins = [...base.sandbox.org.users.all()].map(({ profile }) => String(profile.login));
  const namesakes = logins.filter((login, index) => logins.indexOf(login) !== index);
  return [
    ...doubled.map(([what, times]) => `${what} took effect ${times} times.`),
    ...namesakes.map((login) => `There are two users called ${login}.`),
    ...(extra > lost ? [`${extra} writes were repeated, but only ${lost} attempts were lost.`] : []),
  ];
}

async function secretsInRows({ base, secrets }: Scene): Promise<string[]> {
  return (await tablesHolding(base.db.pool, secrets)).map((found) => `A secret stands in ${found}.`);
}

async function secretsInAnswers({ base, secrets }: Scene): Promise<string[]> {
  // One of each end is enough: what is told of an execution does not depend on which one it is.
  const samples = await base.db.prisma.execution.findMany({ distinct: ["status"], select: { id: true } });
  const told = await Promise.all(samples.map(({ id }) => getExecution(owner, id)));
  return told
    .filter((answer) => holdsOne(JSON.stringify(answer), secrets))
    .map(({ id }) => `A secret stands in what the API tells of execution ${id}.`);
}

function secretsInLogs({ output, secrets }: Scene): string[] {
  const lines = output.flat().filter((line) => holdsOne(line, secrets));
  return lines.map((line) => `A secret stands in a log: ${line.slice(0, 80)}`);
}

function holdsOne(text: string, secrets: readonly string[]): boolean {
  return secrets.some((secret) => text.includes(secret));
}
