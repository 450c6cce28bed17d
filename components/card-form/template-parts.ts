import { parseTemplate } from "#lib/flow/text-template.ts";
import type { Ref, TextPart, Value } from "#lib/flow/value.ts";

/**
 * A text with references as an editor sees it: pieces of typed text with one reference between each two. There is
 * always a piece at both ends, so that the caret has a place everywhere; `texts` has one more entry than `refs`.
 */
export interface Pieces {
  texts: string[];
  refs: Ref[];
}

/** The pieces of a value. Literals that are no text are shown as JSON. */
export function piecesOf(value: Value | undefined): Pieces {
  if (!value) return { texts: [""], refs: [] };
  if ("ref" in value) return { texts: ["", ""], refs: [value.ref] };
  if ("text" in value) return fromParts(value.text);
  if ("value" in value) {
    const literal = value.value;
    if (literal === null) return { texts: [""], refs: [] };
    return { texts: [typeof literal === "string" ? literal : JSON.stringify(literal)], refs: [] };
  }
  return { texts: [""], refs: [] };
}

/** The value pieces stand for: null when empty, a plain reference where nothing is typed around it. */
export function valueFrom({ texts, refs }: Pieces): Value | null {
  const [ref, ...others] = refs;
  if (!ref) return texts[0] ? { value: texts[0] } : null;
  if (others.length === 0 && texts.every((text) => text === "")) return { ref };
  const parts: TextPart[] = texts.flatMap((text, index) => {
    const after = refs[index];
    return [...(text === "" ? [] : [text]), ...(after ? [{ ref: after }] : [])];
  });
  return { text: parts };
}

/** Pieces after somebody typed in one of them. References written out ("{{c1.id}}") become references. */
export function withText(pieces: Pieces, index: number, text: string): Pieces {
  const typed = text.includes("}}") ? fromParts(parseTemplate(text)) : { texts: [text], refs: [] };
  return {
    texts: [...pieces.texts.slice(0, index), ...typed.texts, ...pieces.texts.slice(index + 1)],
    refs: [...pieces.refs.slice(0, index), ...typed.refs, ...pieces.refs.slice(index)],
  };
}

/** Pieces with a reference put in at a place of a piece; typed "{{" right before it gives way. */
export function withRef(pieces: Pieces, index: number, caret: number, ref: Ref): Pieces {
  const text = pieces.texts[index] ?? "";
  const before = text.slice(0, caret).replace(/\{\{$/, "");
  return {
    texts: [...pieces.texts.slice(0, index), before, text.slice(caret), ...pieces.texts.slice(index + 1)],
    refs: [...pieces.refs.slice(0, index), ref, ...pieces.refs.slice(index)],
  };
}

/** Pieces without the reference at `index`: the text on both its sides becomes one piece. */
export function withoutRef(pieces: Pieces, index: number): Pieces {
  const joined = (pieces.texts[index] ?? "") + (pieces.texts[index + 1] ?? "");
  return {
    texts: [...pieces.texts.slice(0, index), joined, ...pieces.texts.slice(index + 2)],
    refs: pieces.refs.filter((_, at) => at !== index),
  };
}

function fromParts(parts: readonly TextPart[]): Pieces {
  const texts = [""];
  const refs: Ref[] = [];
  for (const part of parts) {
    if (typeof part === "string") texts[texts.length - 1] += part;
    else {
      refs.push(part.ref);
      texts.push("");
    }
  }
  return { texts, refs };
}
