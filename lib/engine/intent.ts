import type { JsonObject } from "../flow/json.ts";
import type { Concealed } from "./conceal.ts";
import type { Exchange, Step } from "./execution.ts";
import type { Journal } from "./journal.ts";
import type { PlannedCard } from "./plan.ts";
import type { Connections, Sending } from "./ports.ts";

/** How the running row of a write becomes durable before the write leaves. */
export interface Intent {
  /** Told of the card's real inputs before it acts. */
  beforeRun: (inputs: JsonObject) => Promise<void>;
  /** For the card's client. */
  sending: Sending;
  /** @throws what the store threw. A card may have caught that and have gone on; nothing of it was sent then. */
  check: () => void;
}

/**
 * The intent of one attempt at a write card. Where the client tells of its calls it is recorded with the first of them that
 * may change something, when that is about to leave: what a person has to look for in the org is known then, and who died
 * while it waited for its turn had sent nothing. Where it does not, it is recorded before the card acts.
 */
export function intentOf(
  began: Step,
  {
    planned,
    journal,
    ports: { connections },
    concealed,
  }: {
    planned: PlannedCard;
    journal: Journal;
    ports: { connections: Connections };
    /** Of the card's real inputs. */
    concealed: (inputs: JsonObject) => Concealed;
  },
): Intent {
  const isTold = connections.tellsBefore === true && planned.card.description.needsConnection;
  let running = began;
  let shown = (exchange: Exchange) => exchange;
  // Kept as a promise: a card may make several calls at once, and none of them may leave before it.
  let recorded: Promise<void> | undefined;
  let failure: { cause: unknown } | undefined;

  const record = (exchange: Exchange) => {
    recorded ??= journal.intend({ ...running, exchanges: [{ ...shown(exchange), leaving: true }] });
    return recorded;
  };
  const told: Sending = async (exchange, moment) => {
    // Losing the outcome of a write that can't be sent again, while a call waits for its turn, would need settling.
    const early = journal.holdsUnrepeatable;
    if (exchange.method === "GET") return early ? journal.flush() : undefined;
    if (recorded || early || moment === "leaves") return record(exchange);
  };
  return {
    beforeRun: async (inputs) => {
      const known = concealed(inputs);
      running = { ...began, inputs: known.inputs };
      shown = known.exchange;
      if (!isTold) await journal.intend(running);
    },
    sending: async (exchange, moment) => {
      if (!isTold) return;
      if (failure) throw failure.cause;
      try {
        await told(exchange, moment);
      } catch (cause) {
        failure = { cause };
        throw cause;
      }
    },
    check: () => {
      if (failure) throw failure.cause;
    },
  };
}
