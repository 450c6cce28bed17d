import type { Edge } from "../flow/document.ts";
import { laneOf } from "../flow/flow-order.ts";
import { ERROR_EXIT, exitsOf, hasErrorWay } from "./exits.ts";
import type { CheckedCard, Checks } from "./validate-context.ts";

/** The lines between cards: both ends there, a way out the card has, no line twice, none into an event or a note. */
export function checkEdges(checks: Checks): void {
  const seen = new Set<string>();
  for (const edge of checks.document.edges) {
    const from = checks.cards.get(edge.from);
    const to = checks.cards.get(edge.to);
    if (!from || !to) {
      checkDangling(checks, from, to);
      continue;
    }
    const key = `${edge.from}/${edge.out}/${edge.to}`;
    if (seen.has(key)) {
      checks.error(
        "duplicate-edge",
        `The same line leads twice from “${from.title}” to “${to.title}”: remove one.`,
        {
          card: from.id,
        },
      );
      continue;
    }
    seen.add(key);
    checkEdge(checks, edge, from, to);
  }
  checkErrorWays(checks);
}

/** Without a card there, a failure would end the branch and the execution be called a success. */
function checkErrorWays({ cards, document, warn }: Checks): void {
  const used = new Set(document.edges.flatMap(({ from, out }) => (out === ERROR_EXIT.id ? [from] : [])));
  for (const { id, node, title, description } of cards.values()) {
    if (!description || used.has(id) || !hasErrorWay(description, node)) continue;
    const message = `Nothing comes after “${title}” on “${ERROR_EXIT.label}”, so its failures would go unnoticed: draw a line from there.`;
    warn("unused-error-way", message, { card: id });
  }
}

function checkDangling(checks: Checks, from: CheckedCard | undefined, to: CheckedCard | undefined): void {
  const message = from
    ? `A line leads from “${from.title}” to a card that is no longer there: remove the line.`
    : to
      ? `A line leads to “${to.title}” from a card that is no longer there: remove the line.`
      : "A line joins two cards that are no longer there: remove the line.";
  checks.error("dangling-edge", message, { card: from?.id ?? to?.id });
}

function checkEdge(checks: Checks, edge: Edge, from: CheckedCard, to: CheckedCard): void {
  if (to.description?.kind === "event") {
    checks.error(
      "edge-into-event",
      `Nothing can come before “${to.title}”, which starts the flow: remove the line from “${from.title}”.`,
      { card: to.id },
    );
  }
  for (const end of [from, to]) {
    if (end.description?.kind !== "note") continue;
    checks.error(
      "edge-at-note",
      `“${end.title}” is a note and takes no part in the flow: remove its lines.`,
      {
        card: end.id,
      },
    );
  }
  if (laneOf(checks.document, from.id) !== laneOf(checks.document, to.id)) {
    checks.error(
      "edge-across-lanes",
      `“${from.title}” and “${to.title}” don't stand on the same level: remove the line between them.`,
      { card: to.id },
    );
  }
  const { description } = from;
  if (!description || description.kind === "note") return;
  const exits = exitsOf(description, from.node);
  if (exits.some((exit) => exit.id === edge.out)) return;
  const ways = exits.map((exit) => exit.label).join(", ");
  checks.error(
    "unknown-exit",
    ways === ""
      ? `Nothing comes after “${from.title}”, which ends the flow: remove the line to “${to.title}”.`
      : `“${from.title}” has no way out “${edge.out}”: draw the line to “${to.title}” again from ${ways}.`,
    { card: from.id },
  );
}
