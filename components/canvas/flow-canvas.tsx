"use client";

import { useComputedColorScheme } from "@mantine/core";
import {
  Background,
  BackgroundVariant,
  type Connection,
  MiniMap,
  type NodeChange,
  ReactFlow,
  type ReactFlowInstance,
  ReactFlowProvider,
  useReactFlow,
} from "@xyflow/react";
import {
  type DragEvent,
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { Catalogue } from "#lib/cards/registry.ts";
import type { AddAt } from "#lib/editor/add-card.ts";
import type { Drawn } from "#lib/editor/connect.ts";
import type { Selection } from "#lib/editor/editor-store.ts";
import type { GrownOf } from "#lib/editor/sources.ts";
import type { Edge, FlowDocument } from "#lib/flow/document.ts";
import type { FlowIssue } from "#lib/flow/issue.ts";
import type { Operation } from "#lib/flow/operations.ts";
import "@xyflow/react/dist/base.css";
import { type CanvasActions, CanvasActionsProvider } from "./canvas-actions.ts";
import { CanvasControls } from "./canvas-controls.tsx";
import { CardNodeView } from "./card-node.tsx";
import type { CardStatus } from "./card-status.ts";
import { DropChooser, useConnecting } from "./connecting.tsx";
import { DRAGGED_CARD } from "./dragged-card.ts";
import classes from "./flow-canvas.module.css";
import { MappingEdgeView, OrderEdgeView } from "./flow-edges.tsx";
import { type CanvasEdge, type CanvasNode, mappingEdges, orderEdges } from "./flow-elements.ts";
import { type Direction, firstCard, neighbour } from "./neighbour.ts";
import { NoteNodeView } from "./note-node.tsx";
import { useFlowNodes } from "./use-flow-nodes.ts";

const nodeTypes = { card: CardNodeView, note: NoteNodeView };
const edgeTypes = { order: OrderEdgeView, mapping: MappingEdgeView };
const MINIMAP_FROM = 12;
const ARROWS: Record<string, Direction> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};
const NONE: readonly string[] = [];

/** What the page around the canvas can do with it. */
export interface CanvasHandle {
  /** Brings a card into the middle of the view and gives it the focus. */
  show: (cardId: string) => void;
  fit: () => void;
  /** Moves the view only if the card is not in sight; the focus stays. */
  reveal: (cardId: string) => void;
  /** The canvas position in the middle of what is seen. */
  middle: () => { x: number; y: number };
}

export interface FlowCanvasProps {
  document: FlowDocument;
  catalogue: Catalogue;
  issues?: readonly FlowIssue[];
  /** Fields the connections add to a card. Must be stable between renders that change none. */
  grownOf?: GrownOf;
  selection?: Selection;
  onSelect?: (selection: Selection) => void;
  /** Nothing can be changed; cards can still be selected and read. */
  readOnly?: boolean;
  /** An execution laid over the cards. Must be stable between renders that change none. */
  statusOf?: (cardId: string) => CardStatus | undefined;
  /** An edit made on the canvas. `join`: edits of the same name are one step of undo. */
  onEdit?: (operation: Operation, options?: { join?: string }) => void;
  /** Ends a step of undo. */
  onSeal?: () => void;
  /** Something to tell: why a line was refused, what was done on the side. */
  onMessage?: (message: string, kind: "refused" | "done") => void;
  /** A card is to be chosen for this place. `screen` is where the pointer is. */
  onAddRequest?: (where: AddAt, screen: { x: number; y: number }) => void;
  /** A card was dragged in from the palette. */
  onDropCard?: (cardType: string, where: AddAt) => void;
  /** Enter or a double click on a card. */
  onOpen?: (cardId: string) => void;
  onReady?: (canvas: CanvasHandle) => void;
  /** Shown in the middle while there are no cards. */
  empty?: ReactNode;
  /** What the canvas is called for a screen reader. */
  label?: string;
}

/** The flow as a picture: to build it, or (read-only) to look at a version or an execution. */
export function FlowCanvas(props: FlowCanvasProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
}

function Canvas(props: FlowCanvasProps) {
  const { document, selection, onSelect, readOnly = false, onEdit, onReady } = props;
  const flow = useReactFlow<CanvasNode, CanvasEdge>();
  const frame = useRef<HTMLDivElement>(null);
  const colorMode = useComputedColorScheme("light");
  const [allMappings, setAllMappings] = useState(false);
  const selectedIds = selection?.cards ?? NONE;
  const selected = useMemo(() => new Set(selectedIds), [selectedIds]);
  const onMove = useCallback(
    (positions: Record<string, [number, number]>) => onEdit?.({ op: "move", positions }),
    [onEdit],
  );
  const { views, nodes, onPositions, endDrag, expand, grid } = useFlowNodes({ ...props, selected, onMove });
  const edges = useMemo<CanvasEdge[]>(
    () => [
      ...orderEdges(document, views, selection?.edge),
      ...mappingEdges(document, views, (id) => allMappings || selected.has(id)),
    ],
    [document, views, selection?.edge, allMappings, selected],
  );
  const act = useCallback(
    (drawn: Drawn) => {
      if (!drawn.ok) return props.onMessage?.(drawn.message, "refused");
      onEdit?.(drawn.operation);
      if (drawn.note) props.onMessage?.(drawn.note, "done");
    },
    [onEdit, props.onMessage],
  );
  const connecting = useConnecting({ ...props, act });
  const actions = useCanvasActionsOf(props, expand);

  const focusCard = useCallback((id: string) => {
    // After React Flow drew it: a card out of sight has no element until the view moved.
    requestAnimationFrame(() =>
      frame.current
        ?.querySelector<HTMLElement>(`.react-flow__node[data-id="${id}"]`)
        ?.focus({ preventScroll: true }),
    );
  }, []);
  const show = useCallback(
    (id: string) => {
      const node = flow.getNode(id);
      if (!node) return;
      const zoom = Math.max(flow.getZoom(), 0.7);
      const middle = {
        x: node.position.x + (node.width ?? 0) / 2,
        y: node.position.y + (node.height ?? 0) / 2,
      };
      flow.setCenter(middle.x, middle.y, { zoom, duration: 0 });
      focusCard(id);
    },
    [flow, focusCard],
  );
  useEffect(() => {
    onReady?.({
      show,
      fit: () => flow.fitView({ maxZoom: 1, padding: 0.15, duration: 200 }),
      reveal: (id) => {
        const node = flow.getNode(id);
        if (!node || !isOutOfSight(frame.current, id)) return;
        const { x, y } = node.position;
        flow.setCenter(x + (node.width ?? 0) / 2, y + (node.height ?? 0) / 2, {
          zoom: flow.getZoom(),
          duration: 150,
        });
      },
      middle: () => {
        const box = frame.current?.getBoundingClientRect();
        if (!box) return { x: 0, y: 0 };
        return flow.screenToFlowPosition({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
      },
    });
  }, [onReady, show, flow]);

  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      onPositions(changes);
      const next = new Set(selected);
      for (const change of changes) {
        if (change.type !== "select") continue;
        if (change.selected) next.add(change.id);
        else next.delete(change.id);
      }
      const changed = next.size !== selected.size || [...next].some((id) => !selected.has(id));
      if (changed) onSelect?.({ cards: [...next] });
    },
    [onPositions, onSelect, selected],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    if (isTyping(event.target) || event.metaKey || event.ctrlKey || event.altKey) return;
    const direction = ARROWS[event.key];
    const current = selectedIds.at(-1);
    if (direction) {
      const next = current ? neighbour(document, current, direction) : firstCard(document);
      event.preventDefault();
      if (!next) return;
      onSelect?.({ cards: event.shiftKey ? [...selectedIds, next] : [next] });
      if (isOutOfSight(frame.current, next)) show(next);
      else focusCard(next);
    }
    if (event.key === "Enter" && (event.target as HTMLElement).classList.contains("react-flow__node")) {
      const id = (event.target as HTMLElement).dataset.id;
      if (!id) return;
      event.preventDefault();
      onSelect?.({ cards: [id] });
      props.onOpen?.(id);
    }
  };

  const onTidy = async () => {
    const { tidyLayout } = await import("./tidy-layout.ts");
    const sizes = new Map(nodes.map((node) => [node.id, node]));
    const positions = tidyLayout(document, (id) => {
      const node = sizes.get(id);
      return node?.type === "card" ? { width: node.width ?? 0, height: node.height ?? 0 } : undefined;
    });
    onEdit?.({ op: "move", positions });
    requestAnimationFrame(() => flow.fitView({ maxZoom: 1, padding: 0.15, duration: 250 }));
  };

  const onDrop = (event: DragEvent) => {
    const cardType = event.dataTransfer.getData(DRAGGED_CARD);
    if (!cardType) return;
    event.preventDefault();
    const edgeId = edgeUnder(event.clientX, event.clientY);
    const into = edges.find((edge) => edge.id === edgeId);
    if (into?.type === "order" && into.data) return props.onDropCard?.(cardType, { into: into.data.edge });
    const { x, y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    // The pointer holds the card by its header.
    props.onDropCard?.(cardType, { at: [x - 140, y - 26] });
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys and drops that reach no card belong to the canvas
    <div
      ref={frame}
      className={classes.canvas}
      onKeyDown={onKeyDown}
      onDragOver={(event) => {
        if (readOnly || !event.dataTransfer.types.includes(DRAGGED_CARD)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = "copy";
      }}
      onDrop={readOnly ? undefined : onDrop}
    >
      <CanvasActionsProvider value={actions}>
        <ReactFlow<CanvasNode, CanvasEdge>
          aria-label={props.label ?? "Flow"}
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodesChange={onNodesChange}
          onNodeDragStop={endDrag}
          onSelectionDragStop={endDrag}
          onNodeDoubleClick={(_, node) => props.onOpen?.(node.id)}
          onEdgeClick={(_, edge) => {
            if (edge.type === "order" && edge.data) onSelect?.({ cards: [], edge: edge.data.edge });
          }}
          onPaneClick={() => onSelect?.({ cards: [] })}
          onConnect={(connection: Connection) => act(connecting.read(connection))}
          onConnectEnd={connecting.onConnectEnd}
          isValidConnection={connecting.isValid}
          nodesDraggable={!readOnly}
          nodesConnectable={!readOnly}
          elementsSelectable
          edgesFocusable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          selectionKeyCode="Shift"
          multiSelectionKeyCode={["Meta", "Control"]}
          snapToGrid
          snapGrid={[grid, grid]}
          onlyRenderVisibleElements
          panOnScroll
          connectionRadius={16}
          nodeDragThreshold={3}
          minZoom={0.15}
          maxZoom={1.75}
          onInit={(instance) => startView(instance, document, frame.current)}
          colorMode={colorMode}
          elevateEdgesOnSelect
        >
          <Background variant={BackgroundVariant.Dots} gap={grid} size={1} />
          <CanvasControls
            allMappings={allMappings}
            onAllMappings={setAllMappings}
            onTidy={readOnly ? undefined : onTidy}
          />
          {nodes.length >= MINIMAP_FROM ? (
            <MiniMap pannable zoomable ariaLabel="Overview of the flow" />
          ) : null}
        </ReactFlow>
      </CanvasActionsProvider>
      {nodes.length === 0 && props.empty ? <div className={classes.empty}>{props.empty}</div> : null}
      <DropChooser {...props} drop={connecting.drop} onClose={connecting.endDrop} act={act} />
    </div>
  );
}

function useCanvasActionsOf(
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

/** Below this, labels can't be read. */
const READABLE_ZOOM = 0.62;

/** The whole flow where it fits readably; else its beginning. */
function startView(
  flow: ReactFlowInstance<CanvasNode, CanvasEdge>,
  document: FlowDocument,
  frame: HTMLElement | null,
): void {
  const first = firstCard(document);
  const at = first === undefined ? undefined : document.layout[first];
  const bounds = flow.getNodesBounds(flow.getNodes());
  const [width, height] = [frame?.clientWidth ?? 0, frame?.clientHeight ?? 0];
  const zoom = Math.min(width / (bounds.width * 1.15), height / (bounds.height * 1.15));
  if (!at || zoom >= READABLE_ZOOM) {
    flow.fitView({ maxZoom: 1, padding: 0.12 });
    return;
  }
  const scale = 0.8;
  flow.setViewport({ x: 48 - at[0] * scale, y: height * 0.38 - at[1] * scale, zoom: scale });
}

function edgeUnder(x: number, y: number): string | undefined {
  for (const element of globalThis.document.elementsFromPoint(x, y)) {
    const edge = element.closest<SVGElement>(".react-flow__edge");
    if (edge) return edge.dataset.id;
  }
  return undefined;
}

function isOutOfSight(frame: HTMLElement | null, id: string): boolean {
  const box = frame?.querySelector(`.react-flow__node[data-id="${id}"]`)?.getBoundingClientRect();
  const around = frame?.getBoundingClientRect();
  if (!box || !around) return true;
  return (
    box.left < around.left || box.right > around.right || box.top < around.top || box.top > around.bottom - 60
  );
}

function isTyping(target: EventTarget): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest("input, textarea, select, [contenteditable=true]") !== null
  );
}
