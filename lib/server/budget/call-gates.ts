import type { Database } from "../db/client.ts";
import type { Connection } from "../db/generated/client.ts";
import type { CallGate } from "../okta/call-gate.ts";
import { CallBudget } from "./call-budget.ts";
import { CallSlots } from "./call-slots.ts";

/** What of a connection decides which calls are let through. */
export type Gated = Pick<Connection, "id" | "reservePercent" | "maxCalls">;

/** The gates of one worker process. */
export interface CallGates {
  /** The gate to a connection's org. Cheap: asked for with every card, so that changed settings hold from then on. */
  of: (connection: Gated) => CallGate;
  /** Tells the other workers what was used here, and gives back what is held. */
  close: () => Promise<void>;
}

/** One per worker process: what the calls of all its executions share. */
export function createCallGates({ pool, url }: Pick<Database, "pool" | "url">): CallGates {
  const budgets = new Map<string, CallBudget>();
  const slots = new CallSlots(url);
  return {
    of: ({ id, reservePercent, maxCalls }) => {
      const budget = budgets.get(id) ?? new CallBudget(pool, id, reservePercent);
      budgets.set(id, budget);
      budget.reserve = reservePercent;
      return {
        enter: async (call) => {
          // First the budget: waiting for it with a slot in hand would keep others from calls they may make.
          const note = await budget.take(call);
          const free = await slots.enter(id, maxCalls, call.first).catch((error: unknown) => {
            note(undefined);
            throw error;
          });
          return {
            leave: (outcome, headers) => {
              free();
              note(typeof outcome === "number" ? headers : undefined);
            },
          };
        },
      };
    },
    close: async () => {
      await Promise.all([...[...budgets.values()].map((budget) => budget.report()), slots.close()]);
    },
  };
}
