"use client";

import { Alert, Button, Checkbox, Group, Stack } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { messageOf } from "#components/feedback/error-state.tsx";
import { useAction } from "#components/feedback/use-action.ts";
import { Panel } from "#components/ui/panel.tsx";
import { type BulkRequest, previewBulk, startBulk } from "#lib/api/bulk.ts";
import { type AnswerOf, ApiError, call } from "#lib/api/client.ts";
import type { CardDescription } from "#lib/cards/card.ts";
import { ConfirmRun } from "./confirm-run.tsx";
import { forgetDraft } from "./kept-draft.ts";
import { named } from "./named-request.ts";
import { newRunId } from "./new-run-id.ts";
import classes from "./run-by-hand.module.css";
import { SampleList } from "./sample-list.tsx";

/** What the run would do; from here it is started. Another request is another preview: give it a key. */
export function RunPreview(props: { request: BulkRequest | undefined; description: CardDescription }) {
  const { request, description } = props;
  const preview = useMutation({ mutationFn: (body: BulkRequest) => call(previewBulk, { body }) });
  return (
    <Panel>
      <section className={classes.section} aria-label="Preview">
        <h2 className={classes.sectionTitle}>What will happen</h2>
        {preview.data && request ? (
          <Previewed preview={preview.data} request={request} description={description} />
        ) : (
          <>
            <p className={classes.soft}>
              {request
                ? "The preview looks the first rows up and checks all of them. It changes nothing."
                : "Say for whom the action is to run; then look at what it would do."}
            </p>
            <div>
              <Button
                disabled={!request}
                loading={preview.isPending}
                onClick={() => request && preview.mutate(request)}
              >
                Preview
              </Button>
            </div>
          </>
        )}
        {preview.error ? (
          <Alert color="red" role="alert" title="There is no preview">
            {messageOf(preview.error)} {preview.error instanceof ApiError ? preview.error.body.hint : null}
          </Alert>
        ) : null}
      </section>
    </Panel>
  );
}

function Previewed(props: {
  preview: AnswerOf<typeof previewBulk>;
  request: BulkRequest;
  description: CardDescription;
}) {
  const { preview, request, description } = props;
  const { ready, invalidCount, effect, sample } = preview;
  const router = useRouter();
  const [id] = useState(newRunId);
  const [leaveOut, setLeaveOut] = useState(false);
  const [asking, setAsking] = useState(false);
  const start = useAction({
    run: () =>
      call(startBulk, {
        body: {
          ...named(request, description, sample[0]),
          id,
          leaveOutInvalid: leaveOut,
          ...(effect === "write" ? { confirmWrites: ready } : {}),
        },
      }),
    failed: "The run was not started",
    onDone: (run) => {
      forgetDraft();
      router.push(`/run/${run.id}`);
    },
  });
  const blocked = ready === 0 || (invalidCount > 0 && !leaveOut);
  return (
    <Stack gap="sm">
      <div aria-live="polite">
        <strong>{rowsText(ready)}</strong> can be started
        {invalidCount > 0 ? <>, {invalidCount.toLocaleString("en")} can't</> : null}.
      </div>
      {invalidCount > 0 ? (
        <>
          <Alert color="orange">
            <ul
              className={classes.invalid}
              aria-label="Rows that can't be started"
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
              tabIndex={0}
            >
              {preview.invalid.map(({ position, line, label, problems }) => (
                <li key={position}>
                  <strong>{line === null ? `Row ${position}` : `Line ${line}`}</strong> {label}:{" "}
                  {problems.join(" ")}
                </li>
              ))}
            </ul>
            {invalidCount > preview.invalid.length
              ? `… and ${(invalidCount - preview.invalid.length).toLocaleString("en")} more`
              : null}
          </Alert>
          {ready > 0 ? (
            <Checkbox
              label={`Leave ${invalidCount === 1 ? "it" : "them"} out and start the others`}
              checked={leaveOut}
              onChange={(event) => setLeaveOut(event.currentTarget.checked)}
            />
          ) : null}
        </>
      ) : null}
      <Group>
        <Button
          leftSection={<IconPlayerPlay size={16} aria-hidden="true" />}
          disabled={blocked}
          loading={start.isPending || start.isSuccess}
          onClick={() => (effect === "write" ? setAsking(true) : start.mutate(undefined))}
        >
          Start {rowsText(ready)}
        </Button>
      </Group>
      <SampleList sample={sample} ready={ready} />
      {asking ? (
        <ConfirmRun
          description={description}
          connection={request.connection}
          count={ready}
          doubted={sample.filter(({ warning }) => warning !== null).length}
          first={sample[0]}
          busy={start.isPending || start.isSuccess}
          onCancel={() => setAsking(false)}
          onConfirm={() => start.mutate(undefined)}
        />
      ) : null}
    </Stack>
  );
}

function rowsText(count: number): string {
  return count === 1 ? "1 row" : `${count.toLocaleString("en")} rows`;
}
