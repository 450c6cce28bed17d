import type { FlowDocument } from "../flow/document.ts";
import type { FlowIssue } from "../flow/issue.ts";
import type { Catalogue } from "./registry.ts";
import { checkCard } from "./validate-card.ts";
import { type Checks, quoted, startChecks, type ValidateContext } from "./validate-context.ts";
import { checkEdges } from "./validate-edges.ts";
import { checkInputs } from "./validate-inputs.ts";

export type { ValidateContext } from "./validate-context.ts";

/**
 * Everything that keeps a flow from being published (errors) or that its author should know (warnings), each with a
 * message that says what to do and names cards by their titles. A draft with issues can be saved; runs are only made
 * of versions without errors. Time grows with the size of the document: a chain of 500 cards with 31-field profiles and
 * two references each takes about 7 ms, 25 ms the very first time (measured on 2 busy cores), so the builder can ask
 * after every edit.
 *
 * @param context what else is known: fields of the connections and the connections there are
 */
export function validate(
  document: FlowDocument,
  catalogue: Catalogue,
  context: ValidateContext = {},
): FlowIssue[] {
  const issues: FlowIssue[] = [];
  const checks = startChecks(document, catalogue, context, issues);
  checkStart(checks);
  checkEdges(checks);
  checkCycles(checks);
  for (const card of checks.cards.values()) {
    checkCard(checks, card);
    if (card.description && card.description.kind !== "note") checkInputs(checks, card);
  }
  checkReachable(checks);
  return issues;
}

/** True when nothing keeps the flow from being published. */
export function canPublish(issues: readonly FlowIssue[]): boolean {
  return !issues.some((issue) => issue.severity === "error");
}

function checkStart(checks: Checks): void {
  const events = [...checks.cards.values()].filter((card) => card.description?.kind === "event");
  const [first, ...others] = events;
  if (!first) {
    // A card the catalogue does not know may well be the event; it has an issue of its own.
    const unknown = [...checks.cards.values()].some((card) => !card.description);
    if (!unknown) checks.error("no-event", "Nothing starts this flow: add an event card.");
  }
  for (const { id, title } of others) {
    checks.error(
      "many-events",
      `A flow starts with one event, and “${first?.title}” is there already: remove “${title}” or make it a flow of its own.`,
      { card: id },
    );
  }
}

function checkCycles(checks: Checks): void {
  for (const cycle of checks.order.cycles) {
    const titles = cycle.map((id) => checks.cards.get(id)?.title ?? "");
    const message =
      titles.length === 1
        ? `“${titles[0]}” leads to itself: remove that line.`
        : `${quoted(titles)} lead to each other in a circle: remove one of the lines between them.`;
    for (const card of cycle) checks.error("cycle", message, { card });
  }
}

function checkReachable(checks: Checks): void {
  const { order } = checks;
  // Without an event nothing is reachable, which has been said once.
  if (order.reachable.size === 0) return;
  for (const { id, title, description } of checks.cards.values()) {
    if (!description || description.kind === "note" || order.reachable.has(id) || order.cyclic.has(id))
      continue;
    checks.warn("unreachable", `“${title}” never runs: draw a line to it from a card that runs before it.`, {
      card: id,
    });
  }
}
