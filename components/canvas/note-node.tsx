import type { NodeProps } from "@xyflow/react";
import { memo, useEffect, useState } from "react";
import { useCanvasActions } from "./canvas-actions.ts";
import type { CanvasNode } from "./flow-elements.ts";
import classes from "./note-node.module.css";

/** A note: plain text on the canvas, edited in place. */
export const NoteNodeView = memo(function NoteNodeView({ data, selected }: NodeProps<CanvasNode>) {
  const { view } = data;
  const { readOnly, setNote, endNote } = useCanvasActions();
  const value = view.node.inputs?.text;
  const text = value && "value" in value && typeof value.value === "string" ? value.value : "";
  const [draft, setDraft] = useState(text);
  // Undo, or another editor's version, changes the text from outside.
  useEffect(() => setDraft(text), [text]);
  return (
    <div className={classes.note} data-selected={selected || undefined}>
      <textarea
        className={`${classes.text} nowheel ${selected ? "nodrag" : ""}`}
        aria-label={`Text of note ${view.id}`}
        placeholder="Write a note…"
        readOnly={readOnly}
        value={draft}
        onChange={(event) => {
          setDraft(event.target.value);
          setNote(view.id, event.target.value);
        }}
        onBlur={endNote}
      />
    </div>
  );
});
