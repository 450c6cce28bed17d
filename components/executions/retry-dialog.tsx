"use client";

import { Alert, List, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogButtons } from "#components/ui/dialog-buttons.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { call, queryKey } from "#lib/api/client.ts";
import { type ExecutionView, getExecution } from "#lib/api/executions.ts";
import type { Catalogue } from "#lib/cards/registry.ts";
import { useCatalogue } from "./use-catalogue.ts";
import { type Retry, useRetry } from "./use-execution-actions.ts";
import { writesAgain } from "./writes-again.ts";

/** Asks before an execution is tried again, and says what is written by that: once more, or for the first time. */
export function RetryDialog(props: {
  id: string;
  how: Retry;
  onClose: () => void;
  /** Gets the id of the execution that runs now. */
  onDone?: (executionId: string) => void;
}) {
  const { id, how, onClose, onDone } = props;
  const catalogue = useCatalogue();
  const execution = useQuery({
    queryKey: queryKey(getExecution, { params: { id } }),
    queryFn: ({ signal }) => call(getExecution, { params: { id }, signal }),
  });
  const retry = useRetry(id, (executionId) => {
    onClose();
    onDone?.(executionId);
  });
  const { data } = execution;
  const goesOn = how.from === "failed" && data?.status === "cancelled";
  return (
    <Dialog
      onClose={onClose}
      title={
        goesOn ? "Go on where it stopped?" : how.from === "failed" ? "Try it again?" : "Run all of it again?"
      }
    >
      <Stack gap="sm">
        {data && catalogue ? (
          <WhatItDoes execution={data} how={how} catalogue={catalogue} />
        ) : execution.isError ? (
          <ErrorState
            error={execution.error}
            what="What it would write"
            onRetry={() => void execution.refetch()}
          />
        ) : (
          <ListSkeleton rows={2} height={20} />
        )}
        <DialogButtons
          onCancel={onClose}
          confirm={goesOn ? "Go on" : how.from === "failed" ? "Try again" : "Run again"}
          busy={retry.isPending}
          disabled={!data || !catalogue}
          onConfirm={() => retry.mutate(how)}
        />
      </Stack>
    </Dialog>
  );
}

function WhatItDoes(props: { execution: ExecutionView; how: Retry; catalogue: Catalogue }) {
  const { execution, how, catalogue } = props;
  const { again, first, kept } = writesAgain(execution, how.from, catalogue);
  const doubtful = how.from === "start" && again.some(({ doubt }) => doubt);
  const plans = execution.mode === "plan";
  const subject = execution.subject ? ` for ${execution.subject}` : "";
  return (
    <>
      <Text size="sm">
        {how.from === "failed"
          ? `“${execution.flow.name}” goes on${subject}. Finished cards are not run again${kept > 0 ? `, and ${kept === 1 ? "the change that was made is" : `the ${kept.toLocaleString("en")} changes that were made are`} kept` : ""}.`
          : `A new execution of “${execution.flow.name}”${subject}, with the same event.`}
        {how.version === "latest" && execution.newerVersion !== null
          ? ` It runs on version ${execution.newerVersion}, whose cards may differ from those named here.`
          : ""}
      </Text>
      {plans ? <Text size="sm">It is a plan: nothing is written.</Text> : null}
      {!plans && again.length > 0 ? (
        <Writes title="Sent again:">
          {again.map(({ id, title, times, doubt }) => (
            <List.Item key={id}>
              {title}
              {times > 0
                ? ` (took effect ${times === 1 ? "already" : `${times.toLocaleString("en")} times already`})`
                : ""}
              {doubt ? <strong> (may have taken effect: it is not known)</strong> : null}
            </List.Item>
          ))}
        </Writes>
      ) : null}
      {!plans && doubtful ? (
        <Alert color="orange" variant="outline" role="note">
          Nobody knows yet whether a write took effect, and this sends it once more. Look in the connected
          system first: it may be done twice.
        </Alert>
      ) : null}
      {!plans && first.length > 0 ? (
        <Writes title="Written for the first time, where the flow comes to it:">
          {first.map(({ id, title }) => (
            <List.Item key={id}>{title}</List.Item>
          ))}
        </Writes>
      ) : null}
      {!plans && again.length + first.length === 0 ? (
        <Text size="sm">No card that is still to run changes anything.</Text>
      ) : null}
    </>
  );
}

function Writes({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <Text size="sm" fw={550}>
        {title}
      </Text>
      <List size="sm" mah={220} style={{ overflow: "auto" }}>
        {children}
      </List>
    </div>
  );
}
