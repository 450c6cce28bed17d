import type { FlowDocument } from "../flow/document.ts";

/** How many steps can be undone. Snapshots share all parts an edit did not touch, so a step costs little. */
export const HISTORY_CAP = 200;

/** Edits of one field this close together are one step of undo, in milliseconds. */
const COALESCE_WITHIN_MS = 3000;

/** Documents before and after the present one, by reference. */
export interface History {
  past: readonly FlowDocument[];
  present: FlowDocument;
  future: readonly FlowDocument[];
  /** What the last edit was about, while further edits of the same may still join it. */
  open?: { key: string; at: number };
}

/** A history that starts here. */
export function startHistory(present: FlowDocument): History {
  return { past: [], present, future: [] };
}

/**
 * The history after an edit. Edits that carry the same key shortly after one another (typing in one field) are one
 * step. An edit that changed nothing is none.
 *
 * @param now milliseconds since 1970
 */
export function record(history: History, next: FlowDocument, now: number, key?: string): History {
  if (next === history.present) return history;
  const open = key === undefined ? undefined : { key, at: now };
  const joins = history.open && key === history.open.key && now - history.open.at <= COALESCE_WITHIN_MS;
  if (joins) return { past: history.past, present: next, future: [], open };
  return { past: [...history.past, history.present].slice(-HISTORY_CAP), present: next, future: [], open };
}

/** Ends the current step: the next edit is a step of its own, whatever its key. */
export function seal(history: History): History {
  return history.open ? { ...history, open: undefined } : history;
}

/** One step back; the same history where there is none. */
export function undo(history: History): History {
  const present = history.past.at(-1);
  if (!present) return history;
  return { past: history.past.slice(0, -1), present, future: [history.present, ...history.future] };
}

/** One step forward again; the same history where there is none. */
export function redo(history: History): History {
  const [present, ...future] = history.future;
  if (!present) return history;
  return { past: [...history.past, history.present], present, future };
}
