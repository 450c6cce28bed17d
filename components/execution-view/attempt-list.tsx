import { Text } from "@mantine/core";
import { elapsedMs } from "#components/executions/elapsed.ts";
import { STATUS_LABELS, StatusDot } from "#components/flows/status-dot.tsx";
import { durationText, Instant } from "#components/ui/instant.tsx";
import type { StepView } from "#lib/api/executions.ts";
import { settledNote } from "./settled-note.ts";
import classes from "./step-panel.module.css";

const clock = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** Every attempt at a card, newest first, with what became of it. */
export function AttemptList({ attempts }: { attempts: readonly StepView[] }) {
  if (attempts.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        There was no attempt at this card.
      </Text>
    );
  }
  return (
    <ol className={classes.attempts} reversed>
      {attempts.toReversed().map((step) => (
        <li key={step.attempt} className={classes.attempt}>
          <div className={classes.attemptHead}>
            <span aria-hidden="true">
              <StatusDot status={step.status} />
            </span>
            <strong>Attempt {step.attempt}</strong>
            <span>{STATUS_LABELS[step.status]}</span>
            <span className={classes.soft}>
              <Instant at={step.startedAt} />
              {step.finishedAt && step.status !== "skipped"
                ? `, ${durationText(elapsedMs(step, 0) ?? 0)}`
                : null}
            </span>
          </div>
          {step.error ? (
            <Text size="sm" mt={6}>
              {step.error.message} <code>{step.error.code}</code>
              {step.error.waits !== undefined && step.error.waits > 1
                ? ` It waited ${step.error.waits} times in a row; nothing was sent.`
                : null}
            </Text>
          ) : null}
          {step.error?.retryAt ? (
            <Text size="xs" c="dimmed" mt={4}>
              Next attempt planned for{" "}
              <time dateTime={step.error.retryAt}>{clock.format(new Date(step.error.retryAt))}</time>
            </Text>
          ) : null}
          <SettledNote step={step} />
        </li>
      ))}
    </ol>
  );
}

function SettledNote({ step }: { step: StepView }) {
  const note = settledNote(step);
  if (!note) return null;
  return (
    <Text size="xs" c="dimmed" mt={4}>
      {note}
    </Text>
  );
}
