"use client";

import { useRouter } from "next/navigation";
import { type KeyboardEvent, type MouseEvent, memo } from "react";
import { StatusDot } from "#components/flows/status-dot.tsx";
import { Instant } from "#components/ui/instant.tsx";
import type { ExecutionSummary } from "#lib/api/executions.ts";
import { ExecutionDuration } from "./execution-duration.tsx";
import { ExecutionOutcome, outcomeText } from "./execution-outcome.tsx";
import classes from "./execution-table.module.css";
import { RowAction } from "./row-action.tsx";
import { SeverityTag } from "./severity-tag.tsx";
import { shownStatus } from "./shown-status.ts";
import { VersionBadge } from "./version-badge.tsx";

/** Titles of the columns, in the order of the cells below. */
export const COLUMNS: readonly { title: string; width?: "wide" | "roomy" }[] = [
  { title: "Status" },
  { title: "Flow and event" },
  { title: "Subject" },
  // Where there is little room, "wide" ones go first, then "roomy" ones.
  { title: "Started", width: "roomy" },
  { title: "Duration", width: "wide" },
  { title: "Outcome", width: "wide" },
];

interface RowProps {
  execution: ExecutionSummary;
  eventName: string;
  /** Place in the list, from 0. */
  index: number;
  /** Pixels from the top of the list. */
  top: number;
  /** The row Tab leads to. */
  active: boolean;
  onActivate: (index: number) => void;
}

/**
 * One execution in the list. A click or Enter opens it; its links and its button do what they say. Full texts stand in
 * `title`: a floating tooltip for each cell of each row in sight made scrolling stutter.
 */
export const ExecutionRow = memo(function ExecutionRow(props: RowProps) {
  const { execution, eventName, index, top, active, onActivate } = props;
  const router = useRouter();
  const { id, status, flow, subject, eventType } = execution;
  const { dot, label } = shownStatus(execution);
  const href = `/executions/${id}`;
  const tabIndex = active ? 0 : -1;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && event.target === event.currentTarget) router.push(href);
  };
  const onClick = (event: MouseEvent) => {
    if (isOnControl(event) || window.getSelection()?.isCollapsed === false) return;
    if (event.metaKey || event.ctrlKey) window.open(href, "_blank", "noopener");
    else router.push(href);
  };
  return (
    <tr
      aria-rowindex={index + 2}
      aria-label={`${label}: ${flow.name}, ${subject || "no subject"}`}
      data-row={index}
      className={classes.row}
      style={{ transform: `translateY(${top}px)` }}
      tabIndex={tabIndex}
      onFocus={() => onActivate(index)}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <td className={classes.status}>
        <span aria-hidden="true" className={classes.dot}>
          <StatusDot status={dot} />
        </span>
        <span className={classes.statusText}>{label}</span>
      </td>
      <td>
        <div className={classes.flow} title={flow.name}>
          {flow.name}
        </div>
        <div className={classes.second}>
          <SeverityTag severity={execution.severity} />
          <VersionBadge execution={execution} />
          <span className={classes.event} title={eventType ?? undefined}>
            {eventName || (execution.mode === "manual" ? "Run by hand" : "No event")}
          </span>
        </div>
      </td>
      <td className={classes.clamped} title={subject}>
        <span>{subject || "–"}</span>
      </td>
      <td className={classes.soft} data-roomy>
        <Instant at={execution.createdAt} />
      </td>
      <td className={classes.soft} data-wide>
        <ExecutionDuration execution={execution} />
      </td>
      <td
        className={classes.clamped}
        data-status={status}
        data-outcome
        data-wide
        title={outcomeText(execution)}
      >
        <span>
          <ExecutionOutcome execution={execution} />
        </span>
      </td>
      <td>
        <RowAction execution={execution} tabIndex={tabIndex} />
      </td>
    </tr>
  );
});

/** Clicks on what does something itself, in a dialog it opened too, don't open the row. */
function isOnControl({ target, currentTarget }: MouseEvent): boolean {
  if (!(target instanceof Element) || !currentTarget.contains(target)) return true;
  return target.closest("a, button") !== null;
}
