import { IconArrowsExchange, IconChevronRight, IconX } from "@tabler/icons-react";
import { Handle, Position } from "@xyflow/react";
import { PickedName } from "#components/card-form/picked-name.tsx";
import { useCanvasActions } from "./canvas-actions.ts";
import classes from "./card-node.module.css";
import type { FieldRow } from "./card-rows.ts";
import type { CardView } from "./card-view.ts";
import { handleId } from "./handle-ids.ts";
import { typeName } from "./type-name.ts";
import type { ValueChip } from "./value-chip.ts";

/** One field of a card: its handle, its label and, for inputs, what fills it. */
export function FieldRowView({ view, row }: { view: CardView; row: FieldRow & { chip?: ValueChip } }) {
  const { readOnly, toggleRow, clearInput } = useCanvasActions();
  const isInput = row.side === "input";
  const problem = isInput && view.issues.some((issue) => startsWith(issue.field, row.path));
  const labels = labelsOf(view, row);
  return (
    <div
      className={classes.row}
      data-side={row.side}
      data-problem={problem || undefined}
      style={{
        paddingInlineStart: isInput ? 12 + row.depth * 14 : 12,
        paddingInlineEnd: isInput ? 10 : 12 + row.depth * 14,
      }}
    >
      {row.expandable ? (
        <button
          type="button"
          tabIndex={-1}
          className={`${classes.expand} nodrag nopan`}
          data-open={row.expanded || undefined}
          aria-expanded={row.expanded}
          aria-label={`Fields of ${labels}`}
          onClick={(event) => {
            event.stopPropagation();
            toggleRow(view.id, row.side, row.key, !row.expanded);
          }}
        >
          <IconChevronRight size={12} aria-hidden="true" />
        </button>
      ) : null}
      <span
        className={classes.label}
        title={`${row.field.label} · ${typeName(row.field)}${row.field.help ? `\n${row.field.help}` : ""}`}
      >
        {row.field.label}
        {row.field.required && isInput ? <span className={classes.required}> *</span> : null}
      </span>
      {row.chip && row.chip.text !== "" ? <Chip chip={row.chip} /> : null}
      {!row.chip && !row.expandable ? <span className={classes.type}>{typeName(row.field)}</span> : null}
      {row.chip?.kind === "mapped" && !readOnly ? (
        <button
          type="button"
          tabIndex={-1}
          className={`${classes.clear} nodrag nopan`}
          aria-label={`Clear ${labels} of ${view.title}`}
          onClick={(event) => {
            event.stopPropagation();
            clearInput(view.id, row.path);
          }}
        >
          <IconX size={11} aria-hidden="true" />
        </button>
      ) : null}
      <Handle
        type={isInput ? "target" : "source"}
        id={handleId({ kind: row.side, path: row.path })}
        position={isInput ? Position.Left : Position.Right}
        className={classes.field}
        data-filled={row.chip?.kind === "mapped" || undefined}
        isConnectable={!readOnly}
        role="img"
        aria-label={`${view.title} › ${labels} ${row.side}`}
      />
    </div>
  );
}

function Chip({ chip }: { chip: ValueChip }) {
  return (
    <span
      className={classes.chip}
      data-kind={chip.kind}
      title={[chip.from, chip.text].filter(Boolean).join(" · ")}
    >
      {chip.from ? <span className={classes.chipFrom}>{chip.from}</span> : null}
      <span className={classes.chipText}>
        {chip.picked ? <PickedName source={chip.picked} value={chip.text} /> : chip.text}
      </span>
      {chip.conversion ? (
        <span
          className={classes.conversion}
          data-kind={chip.conversion.kind}
          title={chip.conversion.note}
          role="img"
          aria-label={chip.conversion.note}
        >
          <IconArrowsExchange size={11} aria-hidden="true" />
        </span>
      ) : null}
    </span>
  );
}

/** "Profile › First name" for a nested field: every row on the way is above it. */
function labelsOf(view: CardView, row: FieldRow): string {
  const rows = row.side === "input" ? view.inputs : view.outputs;
  return row.path
    .map((_, index) => {
      const path = row.path.slice(0, index + 1);
      const found = rows.find((each) => each.path.length === path.length && startsWith(each.path, path));
      return found?.field.label ?? path.at(-1) ?? "";
    })
    .join(" › ");
}

function startsWith(path: readonly string[] | undefined, start: readonly string[]): boolean {
  return path !== undefined && start.every((key, index) => path[index] === key);
}
