import { useMemo } from "react";
import type { Edge } from "#lib/flow/document.ts";
import type { CanvasActions } from "./canvas-actions.ts";
import type { FlowCanvasProps } from "./canvas-props.ts";
import type { useFlowNodes } from "./use-flow-nodes.ts";

/** What cards and lines can ask for, as edits of the document or as wishes to the page around the canvas. */
export function useCanvasActionsOf(
  props: FlowCanvasProps,
  expand: ReturnType<typeof useFlowNodes>["expand"],
): CanvasActions {
  const { readOnly = false, onEdit, onSeal, onAddRequest } = props;
  return useMemo(
    () => ({
      readOnly,
      toggleRow: (id, side, key, expanded) =>
        expand(id, (before) => ({ ...before, rows: { ...before.rows, [`${side}:${key}`]: expanded } })),
      toggleAll: (id, side) =>
        expand(id, (before) =>
          side === "input"
            ? { ...before, allInputs: !before.allInputs }
            : { ...before, allOutputs: !before.allOutputs },
        ),
      clearInput: (id, path) => onEdit?.({ op: "setInput", id, path, value: null }),
      insertInto: (into: Edge, screen) => onAddRequest?.({ into }, screen),
      removeEdge: (edge: Edge) => onEdit?.({ op: "disconnect", edge }),
      setNote: (id, text) =>
        onEdit?.(
          { op: "setInput", id, path: ["text"], value: text === "" ? null : { value: text } },
          { join: `${id} text` },
        ),
      endNote: () => onSeal?.(),
    }),
    [readOnly, expand, onEdit, onSeal, onAddRequest],
  );
}
