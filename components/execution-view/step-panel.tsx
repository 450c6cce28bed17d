"use client";

import { Tabs, Text } from "@mantine/core";
import { IconInfoCircle, IconPlayerSkipForward } from "@tabler/icons-react";
import { useState } from "react";
import { CardIcon } from "#components/canvas/card-icon.tsx";
import { elapsedMs } from "#components/executions/elapsed.ts";
import { STATUS_LABELS, StatusDot } from "#components/flows/status-dot.tsx";
import { durationText, Instant } from "#components/ui/instant.tsx";
import type { ExecutionView, StepView } from "#lib/api/executions.ts";
import { effectiveFields } from "#lib/cards/effective-fields.ts";
import { AttemptList } from "./attempt-list.tsx";
import type { CardRun } from "./card-runs.ts";
import { ErrorBox } from "./error-box.tsx";
import { ExchangeList } from "./exchange-list.tsx";
import { leftOutNote } from "./left-out-note.ts";
import { isAssumed } from "./planned-writes.ts";
import { isGiven, settledNote } from "./settled-note.ts";
import classes from "./step-panel.module.css";
import { ValuesView } from "./values-view.tsx";
import { whySkipped } from "./why-skipped.ts";

type Tab = "inputs" | "outputs" | "exchanges" | "attempts" | "event";

interface PanelProps {
  run: CardRun;
  runs: readonly CardRun[];
  execution: ExecutionView;
}

/** Everything one execution did at one card. */
export function StepPanel({ run, runs, execution }: PanelProps) {
  const { latest, attempts, description, node } = run;
  const isEvent = description?.kind === "event";
  const tabs = tabsOf(run, isEvent);
  const [chosen, setTab] = useState<Tab>();
  // A choice holds from card to card where the next one has that tab too.
  const tab = chosen && tabs.includes(chosen) ? chosen : (tabs[0] ?? "outputs");
  const fields = description && node ? effectiveFields(description, node) : undefined;
  return (
    <section className={classes.panel} aria-label={`Step: ${run.title}`}>
      <Head run={run} />
      <Notes run={run} runs={runs} execution={execution} />
      {tabs.length > 0 ? (
        <Tabs
          className={classes.tabs}
          value={tab}
          onChange={(value) => setTab(tabs.find((one) => one === value))}
          keepMounted={false}
        >
          <Tabs.List className={classes.list}>
            {tabs.map((one) => (
              <Tabs.Tab key={one} value={one}>
                {labelOf(one, run)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="inputs" className={classes.body}>
            <ValuesView
              values={latest?.inputs}
              fields={fields?.inputs}
              what="the inputs"
              empty={leftOutNote(latest?.leftOut?.inputs) ?? "This step has no inputs."}
            />
          </Tabs.Panel>
          <Tabs.Panel value="outputs" className={classes.body}>
            {latest && isGiven(latest) ? (
              <Text size="sm" mb="xs">
                Given by <b>{latest.settledBy ?? "a person"}</b>, in place of the answer nobody saw.
              </Text>
            ) : null}
            <ValuesView
              values={latest?.outputs}
              fields={fields?.outputs}
              what="the outputs"
              empty={leftOutNote(latest?.leftOut?.outputs) ?? "This step has no outputs."}
            />
          </Tabs.Panel>
          <Tabs.Panel value="exchanges" className={classes.body}>
            <ExchangeList attempts={attempts} endpoint={description?.endpoint} />
          </Tabs.Panel>
          <Tabs.Panel value="attempts" className={classes.body}>
            <AttemptList attempts={attempts} />
          </Tabs.Panel>
          <Tabs.Panel value="event" className={classes.body}>
            <ValuesView values={execution.trigger} what="the event" empty="The event has no content." />
          </Tabs.Panel>
        </Tabs>
      ) : null}
    </section>
  );
}

/** The tabs of a card, the one to look at first in front. */
function tabsOf({ latest, status, attempts }: CardRun, isEvent: boolean): Tab[] {
  if (isEvent) return latest ? ["outputs", "event", "attempts"] : ["event"];
  if (!latest || status === "skipped") return attempts.length > 1 ? ["attempts"] : [];
  return latest.outputs
    ? ["outputs", "inputs", "exchanges", "attempts"]
    : ["inputs", "outputs", "exchanges", "attempts"];
}

function labelOf(tab: Tab, { attempts, latest }: CardRun): string {
  const calls = attempts.reduce((sum, { exchanges }) => sum + (exchanges?.length ?? 0), 0);
  const labels: Record<Tab, string> = {
    inputs: "Inputs",
    outputs: outputsLabel(latest),
    exchanges: calls > 0 ? `HTTP exchanges (${calls})` : "HTTP exchanges",
    attempts: attempts.length > 1 ? `Attempts (${attempts.length})` : "Attempts",
    event: "Event as received",
  };
  return labels[tab];
}

function Head({ run }: { run: CardRun }) {
  const { title, description, latest, status, attempts } = run;
  const label = status === "none" ? "Not run" : (STATUS_LABELS[status] ?? status);
  const ran = status === "skipped" ? undefined : latest;
  return (
    <div className={classes.head}>
      <h2 className={classes.title}>
        <CardIcon card={description} />
        <span>{title}</span>
      </h2>
      <div className={classes.sub}>
        <span className={classes.status}>
          <span aria-hidden="true">
            <StatusDot status={status === "none" ? "skipped" : status} />
          </span>
          {label}
        </span>
        {description && description.title !== title ? <span>{description.title}</span> : null}
        {ran?.finishedAt ? <span>{durationText(elapsedMs(ran, 0) ?? 0)}</span> : null}
        {ran ? (
          <span>
            <Instant at={ran.startedAt} />
          </span>
        ) : null}
        {attempts.length > 1 ? <span>{attempts.length} attempts</span> : null}
      </div>
    </div>
  );
}

/** Says of outputs that no system answered whose they are. */
function outputsLabel(latest: StepView | undefined): string {
  if (isAssumed(latest)) return "Assumed outputs";
  return latest && isGiven(latest) ? "Given outputs" : "Outputs";
}

/** What has to be said before any value is looked at: the error, how an unknown outcome was settled, why it was skipped. */
function Notes({ run, runs, execution }: PanelProps) {
  const { latest, status } = run;
  const skipped = whySkipped(run, runs, execution);
  const settled = latest && settledNote(latest);
  // What a person is asked stands with the execution, in more words than the attempt's own error.
  const error = execution.error?.path === run.path ? execution.error : latest?.error;
  const assumed = isAssumed(latest);
  if (!skipped && !settled && !error && !assumed) return null;
  return (
    <div className={classes.notes}>
      {error && status !== "succeeded" ? (
        <ErrorBox
          error={error}
          requestId={latest?.exchanges?.findLast(({ requestId }) => requestId)?.requestId}
          unknown={status === "unknown" || status === "waiting"}
          waiting={status === "waiting"}
        />
      ) : null}
      {assumed ? (
        <div className={classes.settled}>
          <IconInfoCircle size={16} aria-hidden="true" />
          <span>
            This is a plan: the card was not let write. Its outputs are what is known of the thing it writes,
            so that the cards after it could go on; what only a real run brings is empty or says so.
          </span>
        </div>
      ) : null}
      {settled ? (
        <div className={classes.settled}>
          <IconInfoCircle size={16} aria-hidden="true" />
          <span>{settled}</span>
        </div>
      ) : null}
      {skipped ? (
        <div className={classes.settled}>
          <IconPlayerSkipForward size={16} aria-hidden="true" />
          <Text size="sm">{skipped}</Text>
        </div>
      ) : null}
    </div>
  );
}
