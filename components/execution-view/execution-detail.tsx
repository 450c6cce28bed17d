"use client";

import { Skeleton } from "@mantine/core";
import dynamic from "next/dynamic";
import { useCallback, useEffect, useMemo, useState } from "react";
import type { CanvasHandle } from "#components/canvas/flow-canvas.tsx";
import { eventTypeName } from "#components/executions/event-type-name.ts";
import type { ExecutionView } from "#lib/api/executions.ts";
import { effectiveFields } from "#lib/cards/effective-fields.ts";
import type { Catalogue } from "#lib/cards/registry.ts";
import type { Selection } from "#lib/editor/editor-store.ts";
import { cardOverlays } from "./card-overlay.ts";
import { type CardRun, cardRuns, defaultRun, returningRun } from "./card-runs.ts";
import classes from "./execution-detail.module.css";
import { ExecutionHeader } from "./execution-header.tsx";
import { PlannedWrites } from "./planned-writes-list.tsx";
import { PLANNED, RESULT } from "./selection.ts";
import { StepPanel } from "./step-panel.tsx";
import { StepTimeline } from "./step-timeline.tsx";
import { useHash } from "./use-hash.ts";
import { ValuesView } from "./values-view.tsx";

/** The canvas library is large and needs a browser: the header is there before it. */
const FlowCanvas = dynamic(async () => (await import("#components/canvas/flow-canvas.tsx")).FlowCanvas, {
  ssr: false,
  loading: () => <Skeleton height="100%" radius={0} />,
});

const REVEAL_AFTER_MS = 150;

interface DetailProps {
  execution: ExecutionView;
  /** Undefined while it is loaded: titles are then the cards' ids. */
  catalogue: Catalogue | undefined;
}

/** The flow as it was with the execution laid over it, its steps as a list, and beside them what the chosen one did. */
export function ExecutionDetail({ execution, catalogue }: DetailProps) {
  const runs = useMemo(() => cardRuns(execution, catalogue), [execution, catalogue]);
  const [hash, setHash] = useHash();
  const chosen = runs.find(({ path }) => path === hash);
  const showsResult = hash === RESULT && execution.result !== null;
  // The list is what a plan is made for, so it is there first.
  const showsPlanned = execution.mode === "plan" && !showsResult && !chosen;
  const run = showsResult || showsPlanned ? undefined : (chosen ?? defaultRun(runs, execution));
  const stopped = execution.error && runs.find(({ path }) => path === execution.error?.path);
  const { eventType } = execution;
  return (
    <div className={classes.page}>
      <ExecutionHeader
        execution={execution}
        eventName={eventType ? eventTypeName(eventType, catalogue) : ""}
        stoppedAt={stopped?.title}
      />
      <div className={classes.body}>
        <div className={classes.left}>
          <div className={classes.canvas}>
            <Canvas execution={execution} catalogue={catalogue} runs={runs} run={run} onSelect={setHash} />
          </div>
          <div className={classes.timeline}>
            <StepTimeline
              runs={runs}
              execution={execution}
              selected={showsResult ? RESULT : showsPlanned ? PLANNED : run?.path}
              onSelect={setHash}
            />
          </div>
        </div>
        <aside className={classes.panel} aria-label="Chosen step">
          {showsPlanned ? <PlannedWrites runs={runs} execution={execution} /> : null}
          {showsResult ? <Result execution={execution} by={returningRun(runs)} /> : null}
          {run ? <StepPanel run={run} runs={runs} execution={execution} /> : null}
        </aside>
      </div>
    </div>
  );
}

function Canvas(
  props: DetailProps & { runs: CardRun[]; run: CardRun | undefined; onSelect: (path: string) => void },
) {
  const { execution, catalogue, runs, run, onSelect } = props;
  const overlays = useMemo(() => cardOverlays(runs), [runs]);
  const statusOf = useCallback((cardId: string) => overlays.get(cardId), [overlays]);
  const cardId = run?.cardId;
  const selection = useMemo<Selection>(() => ({ cards: cardId ? [cardId] : [] }), [cardId]);
  const select = useCallback(
    ({ cards }: Selection) => {
      // A click beside the cards leaves the panel as it is; notes have nothing to show in it.
      const path = runs.find((one) => one.cardId === cards.at(-1))?.path;
      if (path) onSelect(path);
    },
    [runs, onSelect],
  );
  const [canvas, setCanvas] = useState<CanvasHandle>();
  useEffect(() => {
    if (!canvas || !cardId) return;
    // The canvas takes its first view of the whole flow some frames after it is ready, which would undo this.
    const timer = setTimeout(() => canvas.reveal(cardId), REVEAL_AFTER_MS);
    return () => clearTimeout(timer);
  }, [canvas, cardId]);
  if (!catalogue) return <Skeleton height="100%" radius={0} />;
  return (
    <FlowCanvas
      readOnly
      label={`${execution.flow.name}, as it ran`}
      document={execution.document}
      catalogue={catalogue}
      statusOf={statusOf}
      selection={selection}
      onSelect={select}
      onReady={setCanvas}
    />
  );
}

function Result({ execution, by }: { execution: ExecutionView; by: CardRun | undefined }) {
  const fields = by?.description && by.node ? effectiveFields(by.description, by.node).inputs : undefined;
  return (
    <section className={classes.result} aria-label="Result">
      <h2>Result</h2>
      <p>{execution.reason ?? "What the flow returned."}</p>
      <ValuesView
        values={execution.result ?? undefined}
        fields={fields}
        what="the result"
        empty="The result is empty."
      />
    </section>
  );
}
