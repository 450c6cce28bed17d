import { exitsOf } from "#lib/cards/exits.ts";
import type { Catalogue } from "#lib/cards/registry.ts";
import { type Drawn, drawMapping, drawOrder } from "#lib/editor/connect.ts";
import type { GrownOf } from "#lib/editor/sources.ts";
import type { FlowDocument } from "#lib/flow/document.ts";
import { readHandleId } from "./handle-ids.ts";

/** Two handles joined by a drawn line, whichever end the drawing began at. */
export interface HandlePair {
  source: string;
  sourceHandle: string | null | undefined;
  target: string;
  targetHandle: string | null | undefined;
}

/** What a line between two handles would do, or why it may not be drawn. */
export function readConnection(
  document: FlowDocument,
  catalogue: Catalogue,
  pair: HandlePair,
  grownOf?: GrownOf,
): Drawn {
  const from = readHandleId(pair.sourceHandle);
  const to = readHandleId(pair.targetHandle);
  if (from?.kind === "exit" && to?.kind === "entry") {
    return drawOrder(document, catalogue, { from: pair.source, out: from.out, to: pair.target });
  }
  if (from?.kind === "output" && to?.kind === "input") {
    return drawMapping(
      document,
      catalogue,
      { ref: [pair.source, ...from.path], to: pair.target, path: to.path },
      grownOf,
    );
  }
  return {
    ok: false,
    message:
      from?.kind === "output"
        ? "Draw an output to an input, or drop it on the card to choose one."
        : "Draw the order from a card's right edge to another card's left edge.",
  };
}

/** What dropping a line on the body of a card means: the order, a choice among its inputs, or nothing. */
export type BodyDrop =
  | { kind: "drawn"; drawn: Drawn }
  | { kind: "choose-input"; ref: [string, ...string[]]; to: string }
  | { kind: "none" };

/** Reads a line that was let go over a card's body. */
export function readBodyDrop(
  document: FlowDocument,
  catalogue: Catalogue,
  from: { card: string; handle: string | null | undefined },
  to: string,
): BodyDrop {
  const meaning = readHandleId(from.handle);
  if (!meaning || from.card === to) return { kind: "none" };
  if (meaning.kind === "exit")
    return {
      kind: "drawn",
      drawn: drawOrder(document, catalogue, { from: from.card, out: meaning.out, to }),
    };
  if (meaning.kind === "output") return { kind: "choose-input", ref: [from.card, ...meaning.path], to };
  if (meaning.kind === "entry") {
    const node = document.cards[to];
    const description = catalogue.card(node?.card ?? "");
    const [exit, ...others] = node && description ? exitsOf(description, node) : [];
    if (!exit || others.length > 0)
      return {
        kind: "drawn",
        drawn: { ok: false, message: "Draw the line from one of that card's ways out." },
      };
    return {
      kind: "drawn",
      drawn: drawOrder(document, catalogue, { from: to, out: exit.id, to: from.card }),
    };
  }
  return { kind: "drawn", drawn: { ok: false, message: "Draw the line to one of that card's outputs." } };
}
