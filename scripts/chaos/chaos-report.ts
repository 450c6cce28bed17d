import type { FaultStage, Pair } from "#lib/server/faults/test-fault-stage.ts";
import type { Takeover } from "./takeovers.ts";

/**
 * When a worker was killed: before its calls arrived, after the org had done what they say, in between, or while the org was
 * still at them, which it finished later.
 */
export type Moment = "before" | "after" | "between" | "late";

export interface ChaosReport {
  killed: Record<Moment, number>;
  /** Calls of killed workers that were under way. */
  struckCalls: Record<Moment, number>;
  /** Events answered 204. */
  events: number;
  executions: number;
  /** Executions that had more than one claim. */
  resumed: number;
  /** Events without an execution that did all it was to do. */
  lost: number;
  /** Executions and writes there were more than one of. */
  doubled: number;
  /** Writes of unknown outcome, by how they were settled. */
  outcomes: Record<string, number>;
  /** From kills to the next claims. */
  takeovers: Takeover[];
  /** Promises that were broken, as sentences. */
  broken: string[];
}

/** Compares what was sent with what is in the org. */
export async function countLost(
  { base }: FaultStage,
  sent: readonly Pair[],
): Promise<Pick<ChaosReport, "executions" | "resumed" | "lost" | "doubled">> {
  const { prisma } = base.db;
  const { byPath } = base.sandbox.counters.json().applied;
  const byLogin = Map.groupBy(base.sandbox.org.users.all(), ({ profile }) => String(profile.login));
  let lost = 0;
  let doubled = 0;
  for (const { user, group, name } of sent) {
    const created = byLogin.get(`${name}@tests.example`) ?? [];
    const changes = created.map(({ id }) => byPath[`POST /api/v1/users/${id}`] ?? 0);
    const added = byPath[`PUT /api/v1/groups/${group}/users/${user}`] ?? 0;
    if (created.length === 0 || added === 0 || changes.includes(0)) lost += 1;
    if (created.length > 1 || changes.some((times) => times > 1)) doubled += 1;
  }
  const executions = await prisma.execution.count();
  const unfinished = await prisma.execution.count({ where: { status: { not: "succeeded" } } });
  return {
    executions,
    resumed: await prisma.execution.count({ where: { fence: { gt: 1 } } }),
    lost: Math.max(lost, unfinished, sent.length - executions),
    doubled: Math.max(doubled, executions - sent.length),
  };
}

const SETTLED: Record<string, string> = {
  "add unknown": "may be repeated: sent again",
  "create succeeded readBack": "read back: had happened, adopted",
  "create failed readBack": "read back: had not happened, sent again",
};

/** Counts the attempts whose outcome was not known, by what was done about them. */
export async function outcomesOf(
  { base }: FaultStage,
  answers: { happened: number; not: number },
): Promise<Record<string, number>> {
  const { rows } = await base.db.pool.query<{ what: string; times: string }>(
    `select concat_ws(' ', path, status, settled) as what, count(*) as times from steps
     where path <> 'change' and (status = 'unknown' or settled is not null) group by 1 order by 1`,
  );
  return {
    ...Object.fromEntries(rows.map(({ what, times }) => [SETTLED[what] ?? what, Number(times)])),
    "asked a person: had happened, went on": answers.happened,
    "asked a person: had not happened, sent again": answers.not,
  };
}

/** The report as lines for people. */
export function reportLines(report: ChaosReport): string[] {
  const { killed, struckCalls, takeovers, outcomes, broken } = report;
  const kills = Object.values(killed).reduce((sum, times) => sum + times, 0);
  return [
    `kills             ${kills}`,
    `  before calls    ${killed.before} (${struckCalls.before} calls never sent)`,
    `  after calls     ${killed.after} (${struckCalls.after} answers never heard)`,
    `  in between      ${killed.between}`,
    `  at calls        ${killed.late} (${struckCalls.late} calls the org finished later)`,
    `events            ${report.events}`,
    `executions        ${report.executions} (${report.resumed} taken up more than once)`,
    `lost              ${report.lost}`,
    `doubled           ${report.doubled}`,
    `unknown outcomes  ${Object.values(outcomes).reduce((sum, times) => sum + times, 0)}`,
    ...Object.entries(outcomes).map(([how, times]) => `  ${String(times).padStart(5)} ${how}`),
    `takeover          ${timesOf(takeovers.filter(({ alone }) => !alone))}`,
    `  struck before   ${timesOf(takeovers.filter(({ alone }) => alone))}, in processes of their own`,
    ...broken.map((sentence) => `BROKEN            ${sentence}`),
  ];
}

function timesOf(takeovers: readonly Takeover[]): string {
  const times = takeovers.map(({ ms }) => ms).toSorted((one, other) => one - other);
  const seconds = (ms = 0) => `${(ms / 1000).toFixed(1)} s`;
  const p50 = seconds(times[Math.floor(times.length / 2)]);
  return `p50 ${p50}, max ${seconds(times.at(-1))} (${times.length} executions)`;
}

/** Whether everything that was promised was kept. */
export function isSound({ lost, doubled, broken }: ChaosReport): boolean {
  return lost === 0 && doubled === 0 && broken.length === 0;
}
