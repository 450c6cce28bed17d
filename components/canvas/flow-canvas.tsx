"use client";

import { useComputedColorScheme } from "@mantine/core";
import {
  Background,
  BackgroundVariant,
  type Connection,
  MiniMap,
  type NodeChange,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from "@xyflow/react";
import { type DragEvent, type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Drawn } from "#lib/editor/connect.ts";
import "@xyflow/react/dist/base.css";
import { CanvasActionsProvider } from "./canvas-actions.ts";
import { CanvasControls } from "./canvas-controls.tsx";
import type { CanvasHandle, FlowCanvasProps } from "./canvas-props.ts";
import {
  cardElement,
  edgeUnder,
  focusWhenDrawn,
  isOutOfSight,
  isTyping,
  startView,
  WHOLE_FLOW,
} from "./canvas-view.ts";
import { CardNodeView } from "./card-node.tsx";
import { DropChooser, useConnecting } from "./connecting.tsx";
import { DRAGGED_CARD } from "./dragged-card.ts";
import classes from "./flow-canvas.module.css";
import { MappingEdgeView, OrderEdgeView } from "./flow-edges.tsx";
import { type CanvasEdge, type CanvasNode, mappingEdges, orderEdges } from "./flow-elements.ts";
import { glide } from "./glide.ts";
import { type Direction, firstCard, neighbour } from "./neighbour.ts";
import { NoteNodeView } from "./note-node.tsx";
import { useCanvasActionsOf } from "./use-canvas-actions-of.ts";
import { useFlowNodes } from "./use-flow-nodes.ts";

export type { CanvasHandle, FlowCanvasProps };

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
      ...mappingEdges(document, views, { selected, all: allMappings }),
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

  const focusCard = useCallback((id: string) => focusWhenDrawn(() => cardElement(frame.current, id)), []);
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
      fit: () => flow.fitView({ ...WHOLE_FLOW, duration: glide(200) }),
      reveal: (id) => {
        const node = flow.getNode(id);
        if (!node || !isOutOfSight(frame.current, id)) return;
        const { x, y } = node.position;
        flow.setCenter(x + (node.width ?? 0) / 2, y + (node.height ?? 0) / 2, {
          zoom: flow.getZoom(),
          duration: glide(150),
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
    const sizeOf = (id: string) => {
      const node = sizes.get(id);
      return node?.type === "card" ? { width: node.width ?? 0, height: node.height ?? 0 } : undefined;
    };
    const exitIds = (id: string) => (views.get(id)?.exits ?? []).map((exit) => exit.id);
    const positions = tidyLayout(document, sizeOf, exitIds);
    onEdit?.({ op: "move", positions });
    requestAnimationFrame(() => flow.fitView({ ...WHOLE_FLOW, duration: glide(250) }));
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
