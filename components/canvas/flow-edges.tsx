import { BaseEdge, type EdgeProps, getBezierPath, getSmoothStepPath } from "@xyflow/react";
import { memo } from "react";
import { useCanvasActions } from "./canvas-actions.ts";
import classes from "./flow-edges.module.css";
import type { MappingEdge, OrderEdge } from "./flow-elements.ts";

/** The order of two cards, with a button in the middle that puts a card in between. */
export const OrderEdgeView = memo(function OrderEdgeView(props: EdgeProps<OrderEdge>) {
  const { readOnly, insertInto, removeEdge } = useCanvasActions();
  const [path, x, y] = getSmoothStepPath({ ...props, borderRadius: 14, offset: 24 });
  const { data, selected } = props;
  return (
    <g className={classes.order} data-selected={selected || undefined} data-taken={data?.taken || undefined}>
      <BaseEdge path={path} markerEnd={props.markerEnd} interactionWidth={20} className={classes.orderLine} />
      {data && !readOnly ? (
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: an SVG drawing has no button element */}
          <g
            role="button"
            tabIndex={-1}
            aria-label={`Insert a card: ${data.label}`}
            className={`${classes.insert} nopan`}
            transform={`translate(${x} ${y})`}
            onClick={(event) => {
              event.stopPropagation();
              insertInto(data.edge, { x: event.clientX, y: event.clientY });
            }}
          >
            <title>Insert a card here</title>
            <circle r={14} className={classes.hit} />
            <circle r={9} className={classes.disc} />
            <path d="M-4 0H4M0 -4V4" className={classes.sign} />
          </g>
          {selected ? (
            // biome-ignore lint/a11y/useSemanticElements: an SVG drawing has no button element
            <g
              role="button"
              tabIndex={-1}
              aria-label={`Remove the line: ${data.label}`}
              className={`${classes.remove} nopan`}
              transform={`translate(${x + 28} ${y})`}
              onClick={(event) => {
                event.stopPropagation();
                removeEdge(data.edge);
              }}
            >
              <title>Remove this line</title>
              <circle r={14} className={classes.hit} />
              <circle r={9} className={classes.disc} />
              <path d="M-3 -3L3 3M3 -3L-3 3" className={classes.sign} />
            </g>
          ) : null}
        </>
      ) : null}
    </g>
  );
});

/** A mapping: thin, coloured, behind the cards. */
export const MappingEdgeView = memo(function MappingEdgeView(props: EdgeProps<MappingEdge>) {
  const [path] = getBezierPath({ ...props, curvature: 0.4 });
  return <path d={path} className={classes.mappingLine} data-faded={props.data?.faded || undefined} />;
});
