import type { NodeChange } from "@xyflow/react";
import { useCallback, useMemo, useRef, useState } from "react";
import type { Catalogue } from "#lib/cards/registry.ts";
import { GRID, snapped } from "#lib/editor/placement.ts";
import type { GrownOf } from "#lib/editor/sources.ts";
import type { FlowDocument, Position } from "#lib/flow/document.ts";
import type { FlowIssue } from "#lib/flow/issue.ts";
import type { Expansion } from "./card-rows.ts";
import type { CardStatus } from "./card-status.ts";
import { createCardViews } from "./card-view.ts";
import type { CanvasNode } from "./flow-elements.ts";
import { createNodes } from "./flow-elements.ts";
import { firstCard } from "./neighbour.ts";

const nothingGrown: GrownOf = () => ({});
const NO_ISSUES: readonly FlowIssue[] = [];

/** The document as React Flow's nodes, with what only this canvas knows: opened rows, and cards being dragged. */
export function useFlowNodes(props: {
  document: FlowDocument;
  catalogue: Catalogue;
  issues?: readonly FlowIssue[];
  grownOf?: GrownOf;
  statusOf?: (cardId: string) => CardStatus | undefined;
  selected: ReadonlySet<string>;
  onMove: (positions: Record<string, Position>) => void;
}) {
  const { document, catalogue, statusOf, selected, onMove } = props;
  const { issues = NO_ISSUES, grownOf = nothingGrown } = props;
  const [expansions, setExpansions] = useState<Record<string, Expansion>>({});
  const [dragged, setDragged] = useState<Record<string, Position>>({});
  const latest = useRef(dragged);
  const [makeViews] = useState(createCardViews);
  const [makeNodes] = useState(createNodes);

  const views = useMemo(
    () => makeViews({ document, catalogue, issues, expansions, grownOf, statusOf }),
    [makeViews, document, catalogue, issues, expansions, grownOf, statusOf],
  );
  const tabStop = [...selected].at(-1) ?? firstCard(document);
  const nodes = useMemo(
    () =>
      makeNodes(views, (id) => ({
        at: dragged[id] ?? document.layout[id] ?? [0, 0],
        selected: selected.has(id),
        focusable: id === tabStop,
      })),
    [makeNodes, views, dragged, document.layout, selected, tabStop],
  );

  const onPositions = useCallback((changes: NodeChange<CanvasNode>[]) => {
    const moved = changes.flatMap((change) =>
      change.type === "position" && change.position
        ? [[change.id, [change.position.x, change.position.y] as Position] as const]
        : [],
    );
    if (moved.length === 0) return;
    latest.current = { ...latest.current, ...Object.fromEntries(moved) };
    setDragged(latest.current);
  }, []);

  /** One drag is one step of undo, whatever lay on the way. */
  const endDrag = useCallback(() => {
    const positions = Object.fromEntries(
      Object.entries(latest.current).map(([id, place]) => [id, snapped(place)]),
    );
    latest.current = {};
    setDragged({});
    if (Object.keys(positions).length > 0) onMove(positions);
  }, [onMove]);

  const expand = useCallback((id: string, change: (before: Expansion) => Expansion) => {
    setExpansions((all) => ({ ...all, [id]: change(all[id] ?? {}) }));
  }, []);

  return { views, nodes, onPositions, endDrag, expand, grid: GRID };
}
