"use client";

import { UnstyledButton } from "@mantine/core";
import { IconFlagCheck, IconListCheck } from "@tabler/icons-react";
import { type KeyboardEvent, useRef } from "react";
import { elapsedMs } from "#components/executions/elapsed.ts";
import { STATUS_LABELS, StatusDot } from "#components/flows/status-dot.tsx";
import { durationText } from "#components/ui/instant.tsx";
import type { ExecutionView } from "#lib/api/executions.ts";
import { ERROR_EXIT } from "#lib/cards/exits.ts";
import type { CardRun } from "./card-runs.ts";
import { PLANNED, RESULT } from "./selection.ts";
import classes from "./step-timeline.module.css";
import { whySkipped } from "./why-skipped.ts";

interface TimelineProps {
  runs: readonly CardRun[];
  execution: ExecutionView;
  selected: string | undefined;
  onSelect: (path: string) => void;
}

/** The steps of an execution one below the other: the canvas for those who read rather than look. Arrows move on. */
export function StepTimeline({ runs, execution, selected, onSelect }: TimelineProps) {
  const list = useRef<HTMLOListElement>(null);
  const plans = execution.mode === "plan";
  const keys = [
    ...(plans ? [PLANNED] : []),
    ...runs.map(({ path }) => path),
    ...(execution.result ? [RESULT] : []),
  ];
  const onKeyDown = (event: KeyboardEvent) => {
    const at = keys.indexOf(selected ?? "");
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: keys.length - 1,
    };
    const next = moves[event.key];
    const key = next === undefined ? undefined : keys[next];
    if (key === undefined) return;
    event.preventDefault();
    onSelect(key);
    list.current?.querySelectorAll<HTMLElement>("button")[next ?? 0]?.focus();
  };
  const stop = selected !== undefined && keys.includes(selected) ? selected : keys[0];
  return (
    <ol ref={list} className={classes.timeline} aria-label="Steps" onKeyDown={onKeyDown}>
      {plans ? (
        <li>
          <UnstyledButton
            className={classes.step}
            aria-current={selected === PLANNED ? "step" : undefined}
            tabIndex={stop === PLANNED ? 0 : -1}
            onClick={() => onSelect(PLANNED)}
          >
            <IconListCheck size={14} aria-hidden="true" />
            <span className={classes.title}>What would change</span>
            <span className={classes.detail}>What was not sent</span>
          </UnstyledButton>
        </li>
      ) : null}
      {runs.map((run) => (
        <li key={run.path}>
          <UnstyledButton
            className={classes.step}
            data-status={run.status}
            aria-current={run.path === selected ? "step" : undefined}
            tabIndex={run.path === stop ? 0 : -1}
            onClick={() => onSelect(run.path)}
          >
            <span aria-hidden="true" className={classes.dot}>
              <StatusDot status={run.status === "none" ? "skipped" : run.status} />
            </span>
            <span className={classes.title}>{run.title}</span>
            <span className={classes.detail} title={detailOf(run, runs, execution)}>
              {detailOf(run, runs, execution)}
            </span>
            <span className={classes.time}>{timeOf(run)}</span>
          </UnstyledButton>
        </li>
      ))}
      {execution.result ? (
        <li>
          <UnstyledButton
            className={classes.step}
            aria-current={selected === RESULT ? "step" : undefined}
            tabIndex={stop === RESULT ? 0 : -1}
            onClick={() => onSelect(RESULT)}
          >
            <IconFlagCheck size={14} aria-hidden="true" />
            <span className={classes.title}>Result</span>
            <span className={classes.detail}>What the flow returned</span>
          </UnstyledButton>
        </li>
      ) : null}
    </ol>
  );
}

function detailOf(run: CardRun, runs: readonly CardRun[], execution: ExecutionView): string {
  const { status, latest, description } = run;
  if (status === "none" || status === "skipped") return whySkipped(run, runs, execution) ?? "Not run yet";
  const label = STATUS_LABELS[status] ?? status;
  if (status === "succeeded") {
    const several = (description?.exits.length ?? 0) > 1;
    const way = several && description?.exits.find(({ id }) => id === latest?.exit)?.label;
    return way ? `${label}: ${way}` : label;
  }
  if (!latest?.error) return label;
  const wentOn = latest.exit === ERROR_EXIT.id ? ` Went on at “${ERROR_EXIT.label}”.` : "";
  return `${label}: ${latest.error.message}${wentOn}`;
}

function timeOf({ latest, status, attempts }: CardRun): string {
  if (!latest || status === "skipped") return "";
  const took = latest.finishedAt ? durationText(elapsedMs(latest, 0) ?? 0) : "";
  return attempts.length > 1 ? `attempt ${latest.attempt}${took && `, ${took}`}` : took;
}
