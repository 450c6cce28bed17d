import type { Registry } from "#lib/cards/registry.ts";
import type { Ending, StepError } from "#lib/engine/execution.ts";
import { DEFAULT_LIMITS, type EngineLimits } from "#lib/engine/limits.ts";
import { type FlowPlan, PlanError } from "#lib/engine/plan.ts";
import { type Connections, LostClaimError, type StepStore } from "#lib/engine/ports.ts";
import { runFlow } from "#lib/engine/run-flow.ts";
import { DocumentError, DocumentTooNewError } from "#lib/flow/migrate-document.ts";
import { hiddenAttributes } from "../connections/hidden-attributes.ts";
import type { Database } from "../db/client.ts";
import { log } from "../log.ts";
import { holdingConnections } from "../plan/holding-connections.ts";
import { letNext } from "../queue/lines.ts";
import { SecretUnreadableError } from "../secrets/vault.ts";
import { traceExecution } from "../tracing/trace-execution.ts";
import { Apart } from "./apart.ts";
import { type Claim, claimExecution } from "./claim.ts";
import { FlowMemories } from "./flow-memory.ts";
import { isDeterministic } from "./is-deterministic.ts";
import type { Keep } from "./kept-values.ts";
import { LoopGuard } from "./loop-guard.ts";
import { countEnding, observed } from "./observed-store.ts";
import { Plans } from "./plans.ts";
import { salvaging } from "./salvaging-store.ts";
import { sealing } from "./sealing-store.ts";
import { createStepStore } from "./step-store.ts";
import { WaitingRooms } from "./waiting-rooms.ts";
import { wary } from "./wary-store.ts";
import { writeTurns } from "./write-turns.ts";

export interface ExecutorOptions {
  database: Database;
  registry: Registry;
  connections: Connections;
  /** Executions this process runs at once; half of them may wait for a rate limit in the middle of a card. */
  concurrency?: number;
  /** See `EngineLimits.underWayMs`. */
  underWayMs?: number;
  /** The file Node runs for what must run in a process of its own (apart.ts); where absent it runs here. */
  aloneEntry?: string;
}

/** Runs executions for a worker. */
export interface Executor {
  /**
   * Runs an execution from where it stands to where it ends, waits or needs a person. One that has ended already is
   * left alone.
   *
   * @param how with `alone`, nothing else runs in this process
   * @throws LostClaimError and errors of the database: the queue entry must stay then. Were it taken for done, it would
   *   be deleted under the worker that took over, and with that one's death the execution would be lost.
   */
  run: (executionId: string, how?: { alone: boolean }) => Promise<void>;
  /** Stops an execution before its next card, if it runs here. */
  cancel: (executionId: string) => void;
  /** From now on executions leave before their next card, to go on in another process. */
  drain: () => void;
}

/** One per worker process. */
export function createExecutor(options: ExecutorOptions): Executor {
  const { database, registry, connections, concurrency, underWayMs = DEFAULT_LIMITS.underWayMs } = options;
  const stores = new Map<Keep, StepStore>();
  const plans = new Plans(database.pool, registry);
  const memories = new FlowMemories(database.pool);
  const loops = new LoopGuard(database);
  const rooms = new WaitingRooms(database.pool, concurrency);
  const { aloneEntry: entry } = options;
  const apart = entry === undefined ? undefined : new Apart({ database, entry, concurrency });
  const running = new Map<string, { cancelled: boolean }>();
  let draining = false;

  function storeOf(keep: Keep): StepStore {
    const store = stores.get(keep) ?? salvaging(wary(createStepStore(database.pool, keep)));
    stores.set(keep, store);
    return store;
  }

  const limits: EngineLimits = {
    ...DEFAULT_LIMITS,
    underWayMs,
    get sliceMs() {
      return draining ? 0 : DEFAULT_LIMITS.sliceMs;
    },
  };

  async function runClaimed(claim: Claim, state: { cancelled: boolean }): Promise<Ending> {
    const plan = await plans.of(claim);
    // Who tries a flow wants to see what its cards did.
    const real = claim.run.mode === "live" || claim.run.mode === "replay";
    const keep = (real ? plan.settings.keep : undefined) ?? "always";
    const trace = await traceExecution(database.pool, { ...claim.run, flowId: claim.flowId });
    const { writesPerHour } = plan.settings;
    const room = rooms.of(claim.run);
    const own = connections.forFlow?.(claim.flowId, room) ?? connections;
    const hidden = await hiddenAttributes(database.pool, aliasesOf(plan));
    const ports = {
      store: observed(sealing(storeOf(keep), { plan, hidden }), { plan, mode: claim.run.mode, trace }),
      hidden,
      connections: claim.run.mode === "plan" ? holdingConnections(own) : own,
      // A test must neither be counted nor be kept from running by how many events there were; nor must a replay, whose
      // event was counted when it came.
      memory: claim.run.mode === "live" ? memories.of(claim.flowId) : undefined,
      writeTurn:
        real && writesPerHour !== undefined
          ? writeTurns(database, memories, { flowId: claim.flowId, executionId: claim.run.id }, writesPerHour)
          : undefined,
      clock: { now: () => new Date() },
      cancelRequested: () => state.cancelled,
    };
    let ending: Ending | undefined;
    try {
      const loop = await loops.stops(claim, plan);
      if (loop !== undefined) {
        ending = { status: "failed", error: loop, path: "" };
        await ports.store.record(claim.run.id, claim.run.fence, { steps: [], ending });
        return ending;
      }
      ending = await runFlow({ execution: claim.run, plan, ports, limits });
      return ending;
    } finally {
      room.close();
      trace?.end(ending);
    }
  }

  return {
    run: async (executionId, { alone } = { alone: apart === undefined }) => {
      const state = { cancelled: false };
      // Before the claim: a wish to cancel that comes after it is told to us, one that came before is read with it.
      running.set(executionId, state);
      try {
        const claim = await claimExecution(database.pool, executionId, { alone });
        if (claim === "apart") await apart?.run(executionId);
        if (!claim || claim === "apart") return;
        state.cancelled ||= claim.cancelRequested;
        let over = true;
        try {
          const ending = await runClaimed(claim, state);
          over = ending.status !== "waiting";
          log.debug({ executionId, ending: ending.status }, "An execution left its worker.");
        } catch (error) {
          await recordDefect(storeOf("always"), claim, error);
        }
        if (claim.letIn && over) await letNext(database.pool, claim.flowId, executionId);
      } finally {
        if (running.get(executionId) === state) running.delete(executionId);
      }
    },
    cancel: (executionId) => {
      const state = running.get(executionId);
      if (state) state.cancelled = true;
      apart?.cancel(executionId);
    },
    drain: () => {
      draining = true;
      apart?.drain();
    },
  };
}

/** Connections a flow acts through or listens to. */
function aliasesOf({ order }: FlowPlan): string[] {
  return order.flatMap(({ node }) => node.connection ?? []);
}

/** Ends an execution that can't go on, however often it is tried. Throws everything else on. */
async function recordDefect(store: StepStore, { run }: Claim, thrown: unknown): Promise<void> {
  const defect = defectOf(thrown);
  if (!defect) throw thrown;
  if (defect.error.kind === "bug")
    log.error({ executionId: run.id, err: thrown }, "An execution met a defect.");
  const batch = { steps: [], ending: { status: "failed" as const, ...defect } };
  await store.record(run.id, run.fence, batch);
  countEnding(batch.ending, run.mode, batch);
}

/** Undefined for troubles that pass: a lost claim, a database that restarts. */
function defectOf(thrown: unknown): { error: StepError; path: string } | undefined {
  if (thrown instanceof LostClaimError) return undefined;
  if (
    thrown instanceof PlanError ||
    thrown instanceof DocumentError ||
    thrown instanceof DocumentTooNewError
  ) {
    const hint =
      "Open the flow in the builder, mend what it marks, publish it and retry with the newest version.";
    const path = thrown instanceof PlanError ? (thrown.card ?? "") : "";
    return { error: { kind: "input", code: "cannot-run", message: thrown.message, hint }, path };
  }
  if (thrown instanceof SecretUnreadableError) {
    const hint =
      "Start with the key it was stored under and retry from the failed card. Without that key: retry from the start, or run the card by hand again.";
    const { message } = thrown;
    return { error: { kind: "unauthorized", code: "secret-unreadable", message, hint }, path: "" };
  }
  if (!isDeterministic(thrown)) return undefined;
  const error: StepError = {
    kind: "bug",
    code: "internal",
    message: "Flowdeck made a mistake while it ran this flow; the worker's log has the details.",
    hint: "Report it with the id of this execution. Retrying it runs into the same mistake until it is mended.",
  };
  return { error, path: "" };
}
