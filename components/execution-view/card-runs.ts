import type { ExecutionView, StepStatus, StepView } from "#lib/api/executions.ts";
import type { CardDescription } from "#lib/cards/card.ts";
import { cardTitle } from "#lib/cards/card-title.ts";
import type { Catalogue } from "#lib/cards/registry.ts";
import type { CardNode } from "#lib/flow/document.ts";
import { graphOf, topologicalOrder } from "#lib/flow/graph.ts";

/** How a card stands in an execution; "none": the execution has not come to it, or never will. */
export type CardRunStatus = StepStatus | "waiting" | "none";

/** Everything one execution did at one card. */
export interface CardRun {
  /** Step path: names the card in the address. */
  path: string;
  cardId: string;
  title: string;
  /** Undefined when the step's card is not in the document. */
  node?: CardNode;
  /** Undefined when the catalogue does not know the card any more. */
  description?: CardDescription;
  /** Oldest first. */
  attempts: StepView[];
  latest?: StepView;
  status: CardRunStatus;
}

/** The id of the card a step path leads to: `c5/each[3]/c7` is card c7. */
export function cardIdOf(path: string): string {
  return path.split("/").at(-1) ?? path;
}

/** The cards of an execution in the order they run, notes left out: with their attempts, those not reached included. */
export function cardRuns(execution: ExecutionView, catalogue: Catalogue | undefined): CardRun[] {
  const { document, steps } = execution;
  const attempts = Map.groupBy(steps, (step) => step.path);
  const order = runOrder(execution, catalogue);
  const paths = new Set([...order, ...attempts.keys()]);
  return [...paths].map((path) => {
    const cardId = cardIdOf(path);
    const node = document.cards[cardId];
    const description = node && catalogue?.card(node.card);
    const sorted = (attempts.get(path) ?? []).toSorted((a, b) => a.attempt - b.attempt);
    const latest = sorted.at(-1);
    return {
      path,
      cardId,
      title: node ? cardTitle(node, description) : path,
      node,
      description,
      attempts: sorted,
      latest,
      status: statusOf(latest, execution),
    };
  });
}

/** The engine's order: the event first, then every card after all that lead to it. */
function runOrder({ document }: ExecutionView, catalogue: Catalogue | undefined): string[] {
  const graph = graphOf(document);
  const { order, cyclic } = topologicalOrder(graph);
  const kindOf = (id: string) => catalogue?.card(document.cards[id]?.card ?? "")?.kind;
  const cards = [...order, ...cyclic].filter((id) => kindOf(id) !== "note");
  const events = cards.filter((id) => kindOf(id) === "event");
  return [...events, ...cards.filter((id) => !events.includes(id))];
}

function statusOf(latest: StepView | undefined, execution: ExecutionView): CardRunStatus {
  if (!latest) return "none";
  // A step knows only that its attempt failed; that the execution waits to try again stands with the execution.
  if (execution.status === "waiting" && latest.error?.retryAt) return "waiting";
  return latest.status;
}

/** The card to look at first: the one it stopped at, else the one under way, else the last that ran. */
export function defaultRun(runs: readonly CardRun[], execution: ExecutionView): CardRun | undefined {
  const stopped = execution.error && runs.find(({ path }) => path === execution.error?.path);
  if (stopped) return stopped;
  const bad = runs.find(({ status }) => status === "failed" || status === "unknown" || status === "waiting");
  const ran = runs.filter(({ status }) => status !== "none" && status !== "skipped");
  return bad ?? ran.at(-1) ?? runs[0];
}

/** The card that ended the flow with a result: it has no way out, and what it returns are its inputs. */
export function returningRun(runs: readonly CardRun[]): CardRun | undefined {
  return runs.find(({ status, description }) => status === "succeeded" && description?.exits.length === 0);
}
