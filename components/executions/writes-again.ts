import { cardIdOf } from "#components/execution-view/card-runs.ts";
import type { ExecutionView } from "#lib/api/executions.ts";
import { cardTitle } from "#lib/cards/card-title.ts";
import { effectOf } from "#lib/cards/effect.ts";
import { optionValues } from "#lib/cards/effective-fields.ts";
import type { Catalogue } from "#lib/cards/registry.ts";

/** What a retry does in connected systems, card by card. */
export interface WritesAgain {
  /** Writes that are made although an attempt at them was made before. `times`: how often they took effect in it; `doubt`: that nobody knows it of one of them. */
  again: { id: string; title: string; times: number; doubt: boolean }[];
  /** Cards that write and have not run yet. */
  first: { id: string; title: string }[];
  /** How many writes took effect and are kept. */
  kept: number;
}

type Ran = Pick<ExecutionView, "document" | "steps">;

/**
 * What is written when an execution is tried again. From the failed card, what took effect is kept; from the start all of
 * it is done once more.
 */
export function writesAgain(
  { document, steps }: Ran,
  from: "failed" | "start",
  catalogue: Catalogue,
): WritesAgain {
  const result: WritesAgain = { again: [], first: [], kept: 0 };
  for (const [id, node] of Object.entries(document.cards)) {
    const description = catalogue.card(node.card);
    if (!description || effectOf(description, optionValues(description, node)).effect !== "write") continue;
    const tried = steps.filter(({ path, status }) => cardIdOf(path) === id && status !== "skipped");
    const times = tried.filter(({ status }) => status === "succeeded").length;
    const title = cardTitle(node, description);
    const paths = new Set(tried.map(({ path }) => path));
    const done = new Set(tried.filter(({ status }) => status === "succeeded").map(({ path }) => path));
    const doubt = tried.some(({ status }) => status === "unknown");
    if (tried.length === 0) result.first.push({ id, title });
    else if (from === "start") result.again.push({ id, title, times, doubt });
    else {
      result.kept += times;
      if (done.size < paths.size) result.again.push({ id, title, times: 0, doubt });
    }
  }
  return result;
}
