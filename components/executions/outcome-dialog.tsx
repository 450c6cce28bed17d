"use client";

import { Button, Group, Loader, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { CardForm } from "#components/card-form/card-form.tsx";
import { controlId } from "#components/card-form/form-context.ts";
import { cardIdOf } from "#components/execution-view/card-runs.ts";
import { ExchangeList } from "#components/execution-view/exchange-list.tsx";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { ClockTime } from "#components/ui/instant.tsx";
import { call, queryKey } from "#lib/api/client.ts";
import { listConnections } from "#lib/api/connections.ts";
import { type ExecutionSummary, type ExecutionView, getExecution } from "#lib/api/executions.ts";
import { askedOutputs } from "#lib/cards/asked-outputs.ts";
import type { Fields } from "#lib/cards/field.ts";
import type { Catalogue } from "#lib/cards/registry.ts";
import type { FlowIssue } from "#lib/flow/issue.ts";
import { givenOutputs, type Values } from "./given-outputs.ts";
import { useCatalogue } from "./use-catalogue.ts";
import { useRetry } from "./use-execution-actions.ts";

interface OutcomeProps {
  execution: Pick<ExecutionSummary, "id" | "error">;
  onClose: () => void;
}

/** Asks what became of a write nobody knows the outcome of: shows what was sent, and takes what it would have put out. */
export function OutcomeDialog({ execution, onClose }: OutcomeProps) {
  const { id, error } = execution;
  const catalogue = useCatalogue();
  const loaded = useQuery({
    queryKey: queryKey(getExecution, { params: { id } }),
    queryFn: ({ signal }) => call(getExecution, { params: { id }, signal }),
  });
  const { data } = loaded;
  const path = error?.path;
  return (
    <Dialog onClose={onClose} title="Did it happen?" size="lg">
      <Text size="sm" mb="sm">
        {error?.message} Look in the connected system, then say what you found: the flow goes on from there.
      </Text>
      {data && catalogue && path !== undefined ? (
        // Another question (the flow went on to the next write in doubt) begins with an empty form.
        <Question
          key={`${path}#${inDoubt(data, path)?.attempt}`}
          execution={data}
          path={path}
          catalogue={catalogue}
          onClose={onClose}
        />
      ) : (
        <>
          {loaded.isError ? (
            <ErrorState error={loaded.error} what="What was sent" onRetry={() => void loaded.refetch()} />
          ) : (
            <Loader size="sm" aria-label="Loading what was sent" />
          )}
          <Answers busy={false} disabled onClose={onClose} />
        </>
      )}
    </Dialog>
  );
}

/** The attempt in doubt. */
function inDoubt({ steps }: ExecutionView, path: string) {
  return steps.findLast((step) => step.path === path && ["unknown", "running"].includes(step.status));
}

function Question(props: {
  execution: ExecutionView;
  path: string;
  catalogue: Catalogue;
  onClose: () => void;
}) {
  const { execution, path, catalogue, onClose } = props;
  const retry = useRetry(execution.id, onClose);
  const [values, setValues] = useState<Values>({});
  const [tried, setTried] = useState(false);
  const cardId = cardIdOf(path);
  const step = inDoubt(execution, path);
  const about = step && { path, attempt: step.attempt };
  const fields = askedOutputs(execution.document, cardId, catalogue);
  const { outputs, issues } = givenOutputs(values, fields);
  const happened = () => {
    setTried(true);
    const [first] = issues;
    if (first) document.getElementById(controlId(first.field ?? []))?.focus();
    else retry.mutate({ from: "failed", tookEffect: true, about, outputs });
  };
  return (
    <>
      <Stack gap="md">
        {step ? <Attempt execution={execution} cardId={cardId} startedAt={step.startedAt} /> : null}
        <div>
          <ExchangeList
            attempts={step ? [step] : []}
            endpoint={catalogue.card(execution.document.cards[cardId]?.card ?? "")?.endpoint}
          />
        </div>
        {Object.keys(fields).length > 0 ? (
          <GivenOutputs
            fields={fields}
            values={values}
            issues={tried ? issues : []}
            connection={execution.document.cards[cardId]?.connection}
            onChange={setValues}
          />
        ) : null}
      </Stack>
      <Answers
        busy={retry.isPending}
        onClose={onClose}
        onDidNot={() => retry.mutate({ from: "failed", tookEffect: false, about })}
        onHappened={happened}
      />
    </>
  );
}

/** About whom the write was, when it was tried, and in which org to look for it. */
function Attempt(props: { execution: ExecutionView; cardId: string; startedAt: string }) {
  const { execution, cardId, startedAt } = props;
  const alias = execution.document.cards[cardId]?.connection;
  const { data } = useQuery({
    queryKey: queryKey(listConnections),
    queryFn: ({ signal }) => call(listConnections, { signal }),
    enabled: alias !== undefined,
  });
  const name = data?.connections.find((connection) => connection.alias === alias)?.name ?? alias;
  return (
    <Text size="sm">
      {execution.subject ? (
        <>
          About <strong>{execution.subject}</strong>, tried at{" "}
        </>
      ) : (
        "Tried at "
      )}
      <ClockTime at={startedAt} />
      {name ? (
        <>
          {" "}
          in <strong>{name}</strong>
        </>
      ) : null}
      .
    </Text>
  );
}

/** The outputs later cards use, to be filled in by who found the write in the connected system. */
function GivenOutputs(props: {
  fields: Fields;
  values: Values;
  issues: readonly FlowIssue[];
  connection: string | undefined;
  onChange: (change: (before: Values) => Values) => void;
}) {
  const { fields, values, issues, connection, onChange } = props;
  const title = useId();
  return (
    <section aria-labelledby={title}>
      <Text size="sm" fw={600} id={title}>
        If it happened: what did it give?
      </Text>
      <Text size="sm" c="dimmed" mb="xs">
        Nobody saw the answer, and later cards use this of it. What you leave empty, they find empty.
      </Text>
      <CardForm
        fields={fields}
        values={values}
        onChange={(key, value) =>
          onChange(({ [key]: _, ...rest }) => (value ? { ...rest, [key]: value } : rest))
        }
        context={{
          nameOf: ([card, ...labels]) => ({ card, labels }),
          issues,
          connection,
          readOnly: false,
        }}
      />
    </section>
  );
}

function Answers(props: {
  busy: boolean;
  disabled?: boolean;
  onClose: () => void;
  onDidNot?: () => void;
  onHappened?: () => void;
}) {
  const { busy, disabled, onClose, onDidNot, onHappened } = props;
  return (
    <Group mt="lg" justify="flex-end" gap="xs">
      <Button variant="default" onClick={onClose} data-autofocus>
        Decide later
      </Button>
      <Button variant="default" loading={busy} disabled={disabled} onClick={onDidNot}>
        It did not: send it again
      </Button>
      <Button loading={busy} disabled={disabled} onClick={onHappened}>
        It happened: go on
      </Button>
    </Group>
  );
}
