import type { ExecutionView } from "#lib/api/executions.ts";
import { exitsOf } from "#lib/cards/exits.ts";
import type { FlowDocument } from "#lib/flow/document.ts";
import { type CardRun, cardIdOf } from "./card-runs.ts";

/** Why a card did not run, in a sentence; undefined where it did, or still may. */
export function whySkipped(
  run: CardRun,
  runs: readonly CardRun[],
  execution: Pick<ExecutionView, "status" | "document" | "error">,
): string | undefined {
  if (run.status === "none") return whyNotReached(run, runs, execution);
  if (run.status !== "skipped") return undefined;
  const decider = runs.find(({ path }) => path === run.latest?.because);
  if (decider) return decided(decider, run, execution.document);
  if (run.latest?.because) return `A card that is not in the flow any more decided against it.`;
  if (execution.status === "cancelled") return "The execution was cancelled before it came to this card.";
  return "No way leads from the event to this card.";
}

function decided(decider: CardRun, run: CardRun, document: FlowDocument): string {
  const { exit } = decider.latest ?? {};
  if (!exit) return `“${decider.title}” ended the flow before this card.`;
  const taken = exitLabel(decider, exit);
  const others = exitsTo(document, decider.cardId, run.cardId).filter((out) => out !== exit);
  const went = `“${decider.title}” took the way “${taken}”`;
  if (others.length === 0) return `${went}, which does not lead here.`;
  return `${went}; this card stands on “${others.map((out) => exitLabel(decider, out)).join("”, “")}”.`;
}

function exitLabel({ description, node }: CardRun, exit: string): string {
  const exits = description && node ? exitsOf(description, node) : [];
  return exits.find(({ id }) => id === exit)?.label ?? exit;
}

/** The ways out of one card by which another can be reached. */
function exitsTo(document: FlowDocument, from: string, to: string): string[] {
  const outs = document.edges.filter((edge) => edge.from === from);
  return [...new Set(outs.filter((edge) => leadsTo(document, edge.to, to)).map(({ out }) => out))];
}

function leadsTo(document: FlowDocument, from: string, to: string): boolean {
  const seen = new Set([from]);
  // Grows while it is walked.
  for (const id of seen) {
    for (const edge of document.edges) if (edge.from === id) seen.add(edge.to);
  }
  return seen.has(to);
}

function whyNotReached(
  run: CardRun,
  runs: readonly CardRun[],
  { status, error }: Pick<ExecutionView, "status" | "error">,
): string | undefined {
  const at = error && runs.find(({ cardId }) => cardId === cardIdOf(error.path));
  if (at?.path === run.path) return undefined;
  const stopped = at ? `at “${at.title}”` : "before it";
  if (status === "failed") return `Not reached: the execution failed ${stopped}.`;
  if (status === "attention") return `Not reached yet: the execution stopped ${stopped} and needs a person.`;
  if (status === "cancelled") return "Not reached: the execution was cancelled.";
  if (status === "succeeded") return "Not reached: the execution ended before it.";
  return undefined;
}
