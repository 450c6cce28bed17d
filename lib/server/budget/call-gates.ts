import type { Database } from "../db/client.ts";
import type { Connection } from "../db/generated/client.ts";
import type { CallGate } from "../okta/call-gate.ts";
import { CallBudget } from "./call-budget.ts";

/** What of a connection decides which calls are let through. */
export type Gated = Pick<Connection, "id" | "reservePercent">;

/** The gates of one worker process. */
export interface CallGates {
  /** The gate to a connection's org. Cheap: asked for with every card, so that changed settings hold from then on. */
  of: (connection: Gated) => CallGate;
  /** Tells the other workers what was used here. */
  close: () => Promise<void>;
}

/** One per worker process: what the calls of all its executions share. */
export function createCallGates({ pool }: Pick<Database, "pool">): CallGates {
  const budgets = new Map<string, CallBudget>();
  return {
    of: ({ id, reservePercent }) => {
      const budget = budgets.get(id) ?? new CallBudget(pool, id, reservePercent);
      budgets.set(id, budget);
      budget.reserve = reservePercent;
      return {
        enter: async (call) => {
          const note = await budget.take(call);
          return { leave: (outcome, headers) => note(typeof outcome === "number" ? headers : undefined) };
        },
      };
    },
    close: async () => {
      await Promise.all([...budgets.values()].map((budget) => budget.report()));
    },
  };
}
