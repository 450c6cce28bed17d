import { useEffect } from "react";
import type { AddAt } from "#lib/editor/add-card.ts";
import { type Editor, NOTHING_SELECTED } from "#lib/editor/editor-store.ts";
import { parseClip } from "#lib/flow/copy.ts";

/** What the search box of the palette is found by. */
export const PALETTE_SEARCH_ID = "palette-search";

/** The builder's keys, wherever the focus is, unless something is being typed. */
export function useShortcuts(props: {
  editor: Editor;
  addCard: (cardType: string, where: AddAt) => void;
  onHelp: () => void;
}): void {
  const { editor, onHelp } = props;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isInDialog(event.target)) return;
      const mod = event.metaKey || event.ctrlKey;
      const key = event.key.toLowerCase();
      if (mod && (key === "z" || key === "y")) {
        // Text fields of the flow are part of its history; others (search boxes) keep the browser's own undo.
        if (isTyping(event.target) && !editsDocument(event.target)) return;
        event.preventDefault();
        if (key === "y" || event.shiftKey) editor.redo();
        else editor.undo();
        return;
      }
      if (isTyping(event.target)) return;
      const { document, selection } = editor.store.getState();
      if (mod && key === "a") editor.select({ cards: Object.keys(document.cards) });
      else if (mod && key === "d") editor.duplicate();
      else if (mod || event.altKey) return;
      else if (event.key === "Delete" || event.key === "Backspace") editor.removeSelected();
      else if (event.key === "Escape" && (selection.cards.length > 0 || selection.edge))
        editor.select(NOTHING_SELECTED);
      else if (event.key === "/") globalThis.document.getElementById(PALETTE_SEARCH_ID)?.focus();
      else if (event.key === "?") onHelp();
      else return;
      event.preventDefault();
    };
    const onCopy = (event: ClipboardEvent, cut: boolean) => {
      if (isTyping(event.target) || isInDialog(event.target) || hasTextSelected()) return;
      const clip = editor.copy();
      if (!clip || !event.clipboardData) return;
      event.clipboardData.setData("text/plain", JSON.stringify(clip));
      event.preventDefault();
      if (cut) editor.removeSelected();
    };
    const copy = (event: ClipboardEvent) => onCopy(event, false);
    const cut = (event: ClipboardEvent) => onCopy(event, true);
    const paste = (event: ClipboardEvent) => {
      if (isTyping(event.target) || isInDialog(event.target)) return;
      const clip = parseClip(event.clipboardData?.getData("text/plain") ?? "");
      if (!clip) return;
      event.preventDefault();
      editor.paste(clip);
    };
    window.addEventListener("keydown", onKeyDown);
    window.addEventListener("copy", copy);
    window.addEventListener("cut", cut);
    window.addEventListener("paste", paste);
    return () => {
      window.removeEventListener("keydown", onKeyDown);
      window.removeEventListener("copy", copy);
      window.removeEventListener("cut", cut);
      window.removeEventListener("paste", paste);
    };
  }, [editor, onHelp]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest("input, textarea, select, [contenteditable=true]") !== null
  );
}

function editsDocument(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("[data-edits-document]") !== null;
}

function isInDialog(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[role="dialog"], [role="menu"]') !== null;
}

function hasTextSelected(): boolean {
  const selection = globalThis.getSelection();
  return selection !== null && !selection.isCollapsed && selection.toString().trim() !== "";
}
