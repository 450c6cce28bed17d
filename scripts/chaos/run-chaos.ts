import { setTimeout as sleep } from "node:timers/promises";
import { addToGroup, chainOf, changeByCall, createUser } from "#lib/server/faults/test-documents.ts";
import { FaultStage } from "#lib/server/faults/test-fault-stage.ts";
import { violations } from "#lib/server/faults/test-violations.ts";
import { type ChaosReport, countLost, type Moment, outcomesOf } from "./chaos-report.ts";
import { Fleet, type Struck } from "./fleet.ts";
import { Load } from "./load.ts";
import type { ChaosOptions } from "./options.ts";
import { answerQuestions } from "./person.ts";
import { type Takeover, takeoverTimes } from "./takeovers.ts";

const MOMENTS: readonly Moment[] = ["before", "after", "between", "late"];
/** An org that answers at once is seldom met at a call. */
const ORG_TAKES_MS = 10;
/** How long a call may be under way, as the workers are told. Calls that arrive late do so well before, on slow machines too. */
const UNDER_WAY_SECONDS = 6;
const LATE_MS = 2500;
const END_WITHIN_MS = 180_000;

/**
 * Kills workers under load and counts what came of it.
 *
 * @param tell hears of the progress, now and then
 */
export async function runChaos(options: ChaosOptions, tell: (line: string) => void): Promise<ChaosReport> {
  const stage = await FaultStage.open({
    WORKER_CONCURRENCY: String(options.concurrency),
    CALL_UNDER_WAY_SECONDS: String(UNDER_WAY_SECONDS),
    LOG_LEVEL: "info",
  });
  try {
    const load = new Load(stage, await stage.startWeb(), options.workers * options.concurrency + 20);
    try {
      return await strikes(stage, load, options, tell);
    } finally {
      // Still sending when something went wrong, it would meet a closed database and end the process without the reason.
      await load.stop().catch(() => undefined);
    }
  } finally {
    await stage.close();
  }
}

async function strikes(
  stage: FaultStage,
  load: Load,
  options: ChaosOptions,
  tell: (line: string) => void,
): Promise<ChaosReport> {
  const { kills, workers, concurrency } = options;
  const fleet = new Fleet(stage);
  await stage.listen(chainOf({ create: createUser, add: addToGroup, change: changeByCall }, "Chaos"));
  stage.base.sandbox.faults.set([
    { fault: "latency", ms: ORG_TAKES_MS, concurrency: false, resetSeconds: 1 },
  ]);
  for (let started = 0; started < workers; started++) await fleet.add();
  load.start();
  // Until its first answers an org's limits are unknown, and each of its buckets is called once at a time to find out.
  const { prisma } = stage.base.db;
  await stage.until(
    "the org's limits are known",
    async () => (await prisma.execution.count({ where: { status: "succeeded" } })) > 0,
  );
  const struckCalls: Record<Moment, number> = { before: 0, after: 0, between: 0, late: 0 };
  const killed: Record<Moment, number> = { before: 0, after: 0, between: 0, late: 0 };
  const takeovers: Promise<Takeover[]>[] = [];
  const arrivals: Promise<void>[] = [];
  for (let kill = 0; kill < kills; kill++) {
    const moment = MOMENTS[kill % MOMENTS.length] ?? "between";
    await untilNobodyWasStruckTwice(stage);
    await stage.until("two workers are there", async () => fleet.size > 1);
    const { struck, calls, arrived } = await killAt(moment, stage, fleet, concurrency);
    if (arrived) arrivals.push(arrived);
    killed[moment] += 1;
    struckCalls[moment] += calls;
    takeovers.push(takeoverTimes(stage, struck));
    // Whoever supervises workers starts them again; meanwhile the others go on.
    fleet.add().catch((error: unknown) => tell(`A worker could not be started: ${error}`));
    if ((kill + 1) % 10 === 0) tell(`${kill + 1} kills, ${load.sent.length} events sent`);
  }
  await load.stop();
  await fleet.settled();
  const taken = (await Promise.all(takeovers)).flat();
  await Promise.all(arrivals);
  const broken = await violations(stage, { withinMs: END_WITHIN_MS });
  const answers = await answerQuestions(stage);
  broken.push(...(await violations(stage, { withinMs: END_WITHIN_MS })));
  return {
    killed,
    struckCalls,
    events: load.sent.length,
    ...(await countLost(stage, load.sent)),
    outcomes: await outcomesOf(stage, answers),
    takeovers: taken,
    broken: [...new Set(broken)],
  };
}

/**
 * An execution that takes down its worker again and again is given up. Here it would be our doing: at this pace somebody
 * is struck three times by chance.
 */
function untilNobodyWasStruckTwice(stage: FaultStage): Promise<void> {
  const where = { status: { in: ["queued", "running", "waiting"] }, fence: { gte: 3 } };
  return stage.until(
    "those struck twice have ended",
    async () => (await stage.base.db.prisma.execution.count({ where })) === 0,
  );
}

interface Strike {
  /** What the worker was at. */
  struck: Struck;
  /** How many of its calls were under way. */
  calls: number;
  /** Fulfilled when the org has done those that it finished later. */
  arrived?: Promise<void>;
}

function killAt(moment: Moment, stage: FaultStage, fleet: Fleet, concurrency: number): Promise<Strike> {
  return moment === "between" ? killBetween(stage, fleet) : killHeld(moment, stage, fleet, concurrency);
}

async function killHeld(
  moment: Exclude<Moment, "between">,
  stage: FaultStage,
  fleet: Fleet,
  concurrency: number,
): Promise<Strike> {
  const { gate } = stage;
  const where = moment === "late" ? "before" : moment;
  gate.holdAll(where, (method, path) => method !== "GET" && !path.startsWith("/api/v1/eventHooks"));
  // With this many held, hardly a worker has none.
  const enough = Math.ceil((fleet.size * concurrency) / 2);
  await stage.until("enough calls are held", async () => gate.held >= enough);
  const struck = await fleet.killOne();
  // The kernel closes the sockets of a killed process; we hear of it a moment later.
  await sleep(30);
  if (moment !== "late") {
    const calls = gate.gone;
    gate.release();
    return { struck, calls };
  }
  let calls = 0;
  const arrived = gate.arriveLate((heldMs) => {
    // Held that long by us, it would come later than any call does.
    if (heldMs > LATE_MS) return undefined;
    calls += 1;
    return LATE_MS - heldMs;
  });
  gate.release();
  return { struck, calls, arrived };
}

async function killBetween({ gate }: FaultStage, fleet: Fleet): Promise<Strike> {
  await new Promise<void>((resolve) => {
    gate.onAnswer = resolve;
  });
  gate.onAnswer = undefined;
  await sleep(Math.random() * 10);
  return { struck: await fleet.killOne(), calls: 0 };
}
