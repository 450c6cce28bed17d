import { cardTitle } from "#lib/cards/card-title.ts";
import { ERROR_EXIT, exitsOf } from "#lib/cards/exits.ts";
import type { Catalogue } from "#lib/cards/registry.ts";
import type { FlowDocument } from "#lib/flow/document.ts";
import { graphOf, topologicalOrder } from "#lib/flow/graph.ts";
import type { FlowIssue } from "#lib/flow/issue.ts";

/** A card as a line of the outline. */
export interface OutlineRow {
  id: string;
  title: string;
  /** What the card is, where it was renamed. */
  type?: string;
  kind: string;
  /** How the card is reached, in words: "After Read User", "When If/Else is True". */
  before: string[];
  after: string[];
  issues: FlowIssue[];
  /** What a note says. */
  text?: string;
}

/** The flow in words: cards in the order they can run, those in a circle after them, notes last. */
export function outlineRows(
  document: FlowDocument,
  catalogue: Catalogue,
  issues: readonly FlowIssue[],
): OutlineRow[] {
  const { order, cyclic } = topologicalOrder(graphOf(document));
  const describe = (id: string) => catalogue.card(document.cards[id]?.card ?? "");
  const titleOf = (id: string) => {
    const node = document.cards[id];
    return node ? cardTitle(node, describe(id)) : id;
  };
  const way = (from: string, out: string) => {
    const [node, description] = [document.cards[from], describe(from)];
    const exits = node && description ? exitsOf(description, node) : [];
    return exits.length > 1 ? (exits.find((exit) => exit.id === out)?.label ?? out) : undefined;
  };
  const rows = [...order, ...cyclic].map((id): OutlineRow => {
    const description = describe(id);
    const title = titleOf(id);
    return {
      id,
      title,
      type: description && description.title !== title ? description.title : undefined,
      kind: description?.kind ?? "unknown",
      before: document.edges
        .filter((edge) => edge.to === id)
        .map(({ from, out }) => {
          if (out === ERROR_EXIT.id) return `if ${titleOf(from)} fails`;
          const label = way(from, out);
          return label ? `when ${titleOf(from)} is ${label}` : `after ${titleOf(from)}`;
        }),
      after: document.edges
        .filter((edge) => edge.from === id)
        .map(({ out, to }) => {
          if (out === ERROR_EXIT.id) return `if it fails: ${titleOf(to)}`;
          const label = way(id, out);
          return label ? `on ${label}: ${titleOf(to)}` : titleOf(to);
        }),
      issues: issues.filter((issue) => issue.card === id),
      text: description?.kind === "note" ? noteText(document, id) : undefined,
    };
  });
  return [...rows.filter((row) => row.kind !== "note"), ...rows.filter((row) => row.kind === "note")];
}

function noteText(document: FlowDocument, id: string): string | undefined {
  const value = document.cards[id]?.inputs?.text;
  return value && "value" in value && typeof value.value === "string" ? value.value : undefined;
}
