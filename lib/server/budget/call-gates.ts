import type { Database } from "../db/client.ts";
import type { Connection } from "../db/generated/client.ts";
import { askWhetherUp } from "../okta/ask-whether-up.ts";
import type { CallGate, Passage } from "../okta/call-gate.ts";
import { pathTemplate } from "../okta/path-template.ts";
import { Breaker, type Health, healthOf } from "./breaker.ts";
import { CallBudget } from "./call-budget.ts";
import { CallSlots } from "./call-slots.ts";

/** What of a connection decides which calls are let through. */
export type Gated = Pick<Connection, "id" | "orgUrl" | "reservePercent" | "maxCalls" | "downSince">;

/** The gates of one worker process. */
export interface CallGates {
  /**
   * The gate to a connection's org. Cheap: asked for with every card, so that changed settings hold from then on.
   *
   * @param flow id of the flow whose calls go through it; absent for those of none
   */
  of: (connection: Gated, flow?: string) => CallGate;
  /** Tells the other workers what was used here, and gives back what is held. */
  close: () => Promise<void>;
}

/** One per worker process: what the calls of all its executions share. */
export function createCallGates({ pool, url }: Pick<Database, "pool" | "url">): CallGates {
  const budgets = new Map<string, CallBudget>();
  const breakers = new Map<string, Breaker>();
  const slots = new CallSlots(url);
  return {
    of: ({ id, orgUrl, reservePercent, maxCalls, downSince }, flow) => {
      const budget = budgets.get(id) ?? new CallBudget(pool, id, reservePercent);
      budgets.set(id, budget);
      budget.reserve = reservePercent;
      const breaker = breakers.get(id) ?? new Breaker(pool, id, () => askWhetherUp(orgUrl));
      breakers.set(id, breaker);
      breaker.down ||= downSince !== null;
      return {
        enter: async (call) => {
          const address = `${call.method} ${pathTemplate(call.path)}`;
          const tell = await breaker.enter(address);
          // First the budget: waiting for it with a slot in hand would keep others from calls they may make.
          let note: Awaited<ReturnType<typeof budget.take>> | undefined;
          try {
            note = await budget.take(call, flow);
            // It may have waited for a call that got no answer.
            if (breaker.down) await breaker.enter(address);
            const free = await slots.enter(id, maxCalls);
            return passage(free, note, tell);
          } catch (error) {
            note?.(undefined);
            tell("unknown", false);
            throw error;
          }
        },
      };
    },
    close: async () => {
      await Promise.all([...[...budgets.values()].map((budget) => budget.report()), slots.close()]);
    },
  };
}

function passage(
  free: () => void,
  note: (headers: Record<string, string> | undefined) => boolean,
  tell: (health: Health, isLate: boolean) => void,
): Passage {
  return {
    leave: (outcome, headers) => {
      free();
      const isLate = note(typeof outcome === "number" ? headers : undefined);
      tell(healthOf(outcome), isLate);
    },
  };
}
