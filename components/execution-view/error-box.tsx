import { Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { Instant } from "#components/ui/instant.tsx";
import type { StepError } from "#lib/api/executions.ts";
import { CopyButton } from "./copy-button.tsx";
import classes from "./step-panel.module.css";

const KINDS: Record<StepError["kind"], string> = {
  input: "A value does not fit",
  refused: "The request was refused",
  forbidden: "A permission is missing",
  unauthorized: "The connection's credentials are not accepted",
  rateLimited: "The rate limit is used up",
  unavailable: "No usable answer came",
  bug: "A fault of Flowdeck",
};

/** What went wrong with an attempt, what to do about it, and what to tell Okta's support. */
export function ErrorBox({
  error,
  requestId,
  unknown,
  waiting,
}: {
  error: StepError;
  requestId?: string;
  unknown?: boolean;
  /** Whether the execution really goes on by itself at `retryAt`; one that was cancelled does not. */
  waiting?: boolean;
}) {
  return (
    <div className={classes.error} data-unknown={unknown || undefined}>
      <div className={classes.errorTitle}>
        <IconAlertTriangle size={16} aria-hidden="true" />
        {KINDS[error.kind]}
      </div>
      <Text size="sm">{error.message}</Text>
      {error.hint ? (
        <Text size="sm" mt={6}>
          {error.hint}
        </Text>
      ) : null}
      <div className={classes.facts}>
        <Fact name="Code" value={error.code} />
        {error.status ? <Fact name="HTTP status" value={String(error.status)} /> : null}
        {error.field ? <Fact name="Field" value={error.field.join(" › ")} /> : null}
        {requestId ? <Fact name="Okta request id" value={requestId} copy /> : null}
        {error.retryAt && waiting ? (
          <span>
            Next attempt <Instant at={error.retryAt} />
          </span>
        ) : null}
      </div>
    </div>
  );
}

function Fact({ name, value, copy = false }: { name: string; value: string; copy?: boolean }) {
  return (
    <span className={classes.fact}>
      <span>{name}</span>
      <code>{value}</code>
      {copy ? <CopyButton text={value} what={name} /> : null}
    </span>
  );
}
