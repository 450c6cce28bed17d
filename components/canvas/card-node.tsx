import { IconAlertCircleFilled, IconAlertTriangleFilled, IconPencil } from "@tabler/icons-react";
import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo } from "react";
import { useCanvasActions } from "./canvas-actions.ts";
import { cssSizes } from "./card-geometry.ts";
import { CardIcon } from "./card-icon.tsx";
import classes from "./card-node.module.css";
import { STATUS_LABELS, wasReached } from "./card-status.ts";
import { type CardView, hasMoreLine } from "./card-view.ts";
import { FieldRowView } from "./field-row-view.tsx";
import type { CanvasNode } from "./flow-elements.ts";
import { handleId } from "./handle-ids.ts";
import { issueWords } from "./issue-words.ts";

/** A card: header, ways out where there are several, inputs, outputs. Renders only when its view changed. */
export const CardNodeView = memo(function CardNodeView({ data, selected }: NodeProps<CanvasNode>) {
  const { view } = data;
  const { readOnly } = useCanvasActions();
  const several = view.exits.length > 1;
  const single = several ? undefined : view.exits[0];
  return (
    <div
      className={classes.card}
      style={cssSizes}
      data-kind={view.description?.kind ?? "unknown"}
      data-selected={selected || undefined}
      data-status={view.status?.status}
    >
      <CardHeader view={view} />
      {view.hasEntry ? (
        <Handle
          type="target"
          id={handleId({ kind: "entry" })}
          position={Position.Left}
          className={classes.order}
          data-taken={wasReached(view.status) || undefined}
          style={{ top: view.geometry.headerMiddle }}
          isConnectable={!readOnly}
          role="img"
          aria-label={`Way into ${view.title}`}
          title="Runs after…"
        />
      ) : null}
      {single ? (
        <Handle
          type="source"
          id={handleId({ kind: "exit", out: single.id })}
          position={Position.Right}
          className={classes.order}
          data-taken={view.status?.exit === single.id || undefined}
          style={{ top: view.geometry.headerMiddle }}
          isConnectable={!readOnly}
          role="img"
          aria-label={`${single.label} way out of ${view.title}`}
          title="Draw a line to the card that runs next"
        />
      ) : null}
      {several ? <Exits view={view} /> : null}
      <Section view={view} side="input" />
      <Section view={view} side="output" />
    </div>
  );
});

function CardHeader({ view }: { view: CardView }) {
  const renamed = view.description && view.description.title !== view.title;
  const under = [
    view.status
      ? [STATUS_LABELS[view.status.status], view.status.detail].filter(Boolean).join(" · ")
      : undefined,
    renamed ? view.description?.title : undefined,
    view.node.connection,
  ].filter(Boolean);
  return (
    <div className={classes.header}>
      <span className={classes.icon}>
        <CardIcon card={view.description} />
      </span>
      <span className={classes.titles}>
        <span className={classes.title} title={view.title}>
          {view.title}
        </span>
        <span className={classes.under} title={under.join(" · ")}>
          {view.description ? under.join(" · ") : "Unknown card"}
          {view.writes && !view.status ? (
            <span className={classes.writes} title="This card changes something in the connected system">
              <IconPencil size={11} aria-hidden="true" />
              writes
            </span>
          ) : null}
        </span>
      </span>
      <IssueBadge view={view} />
    </div>
  );
}

function IssueBadge({ view }: { view: CardView }) {
  const count = view.issues.length;
  if (count === 0) return null;
  const isError = view.issues.some((issue) => issue.severity === "error");
  const Icon = isError ? IconAlertCircleFilled : IconAlertTriangleFilled;
  return (
    <span
      className={classes.badge}
      data-severity={isError ? "error" : "warning"}
      title={view.issues.map((issue) => issue.message).join("\n")}
      role="img"
      aria-label={issueWords(view.issues)}
    >
      <Icon size={14} aria-hidden="true" />
      {count > 1 ? count : null}
    </span>
  );
}

function Exits({ view }: { view: CardView }) {
  const { readOnly } = useCanvasActions();
  return (
    <div className={classes.exits}>
      {view.exits.map((exit) => (
        <div key={exit.id} className={classes.exit} data-taken={view.status?.exit === exit.id || undefined}>
          {exit.label}
          <Handle
            type="source"
            id={handleId({ kind: "exit", out: exit.id })}
            position={Position.Right}
            className={classes.order}
            data-taken={view.status?.exit === exit.id || undefined}
            isConnectable={!readOnly}
            role="img"
            aria-label={`${exit.label} way out of ${view.title}`}
          />
        </div>
      ))}
    </div>
  );
}

function Section({ view, side }: { view: CardView; side: "input" | "output" }) {
  const { toggleAll } = useCanvasActions();
  const rows = side === "input" ? view.inputs : view.outputs;
  const more = side === "input" ? view.moreInputs : view.moreOutputs;
  const all = side === "input" ? view.expansion.allInputs : view.expansion.allOutputs;
  const name = side === "input" ? "Inputs" : "Outputs";
  const hasMore = hasMoreLine(more, all);
  if (rows.length === 0 && !hasMore) return null;
  return (
    <div className={classes.section} data-side={side}>
      <div className={classes.sectionTitle}>{name}</div>
      {rows.map((row) => (
        <FieldRowView key={row.key} view={view} row={row} />
      ))}
      {hasMore ? (
        <button
          type="button"
          tabIndex={-1}
          className={`${classes.more} nodrag nopan`}
          onClick={(event) => {
            event.stopPropagation();
            toggleAll(view.id, side);
          }}
          aria-label={
            all
              ? `Show less: ${name.toLowerCase()} of ${view.title}`
              : `${more} more ${more === 1 ? "field" : "fields"}: ${name.toLowerCase()} of ${view.title}`
          }
        >
          {all ? "Show less" : `${more} more ${more === 1 ? "field" : "fields"}`}
        </button>
      ) : null}
    </div>
  );
}
