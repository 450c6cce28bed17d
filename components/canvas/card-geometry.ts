import type { CSSProperties } from "react";

/*
 * Sizes of a card, in canvas pixels. Known without asking the browser: React Flow is told where every card and handle
 * is, so it draws only what is in sight and never measures 500 cards first. The stylesheet takes them from `cssSizes`.
 */
export const CARD_WIDTH = 280;
export const HEADER = 52;
export const ROW_HEIGHT = 26;
export const SECTION_TITLE = 24;
export const SECTION_PADDING = 6;
export const HANDLE = 12;
export const NOTE_WIDTH = 240;
export const NOTE_HEIGHT = 140;

/** For the card's style attribute, so that stylesheet and geometry can't disagree. */
export const cssSizes: CSSProperties & Record<`--${string}`, string> = {
  "--card-width": `${CARD_WIDTH}px`,
  "--card-header": `${HEADER}px`,
  "--card-row": `${ROW_HEIGHT}px`,
  "--card-section-title": `${SECTION_TITLE}px`,
  "--card-section-padding": `${SECTION_PADDING}px`,
  "--card-handle": `${HANDLE}px`,
};

/** How many lines of each kind a card has. */
export interface CardLines {
  /** Ways out that have a row of their own: more than one. */
  exitRows: number;
  inputs: number;
  moreInputs: boolean;
  outputs: number;
  moreOutputs: boolean;
}

/** Where the middle of each line of a card is, from its top, and how high the card is. */
export interface CardGeometry {
  height: number;
  headerMiddle: number;
  exitMiddle: (index: number) => number;
  inputMiddle: (index: number) => number;
  outputMiddle: (index: number) => number;
}

/** The geometry of a card: header, then the sections of ways out, inputs and outputs, each only where it has lines. */
export function cardGeometry(lines: CardLines): CardGeometry {
  const exits = section(HEADER, lines.exitRows, false, 0);
  const inputs = section(exits.end, lines.inputs, lines.moreInputs, SECTION_TITLE);
  const outputs = section(inputs.end, lines.outputs, lines.moreOutputs, SECTION_TITLE);
  return {
    height: outputs.end,
    headerMiddle: HEADER / 2,
    exitMiddle: exits.middle,
    inputMiddle: inputs.middle,
    outputMiddle: outputs.middle,
  };
}

function section(start: number, rows: number, more: boolean, title: number) {
  const lines = rows + (more ? 1 : 0);
  if (lines === 0) return { end: start, middle: () => start };
  const first = start + title + (title === 0 ? SECTION_PADDING : 0);
  return {
    end: first + lines * ROW_HEIGHT + SECTION_PADDING,
    middle: (index: number) => first + index * ROW_HEIGHT + ROW_HEIGHT / 2,
  };
}
