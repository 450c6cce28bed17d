"use client";

import { Alert, Checkbox, Radio, Select, Stack, Text } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { isUnfinished } from "#components/executions/elapsed.ts";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { useAction } from "#components/feedback/use-action.ts";
import { newRunId } from "#components/run-by-hand/new-run-id.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogButtons } from "#components/ui/dialog-buttons.tsx";
import { call, queryKey } from "#lib/api/client.ts";
import { MAX_TOGETHER } from "#lib/api/executions.ts";
import { listVersions } from "#lib/api/flows.ts";
import { previewReplay, type ReplaySource, type ReplayVersion, replayEvents } from "#lib/api/replay.ts";
import { eventCount } from "./event-count.ts";
import { EventFilter, type EventFilters, NO_EVENT_FILTERS, sourceOf } from "./event-filter.tsx";
import { EventList } from "./event-list.tsx";

interface DialogProps {
  flow: { id: string; name: string };
  /** The events of these executions, said in `about`; absent: those that arrived, by time and name. */
  executions?: Extract<ReplaySource, { executions: unknown }>["executions"];
  about?: string;
  /** Saves what is not saved yet, so that the draft is what is on the screen. @returns whether it is */
  settle?: () => Promise<boolean>;
  onClose: () => void;
}

/** Which past events a flow runs again for, on which version, and whether it is only planned. Leads to the progress. */
export function ReplayDialog({ flow, executions, about, settle, onClose }: DialogProps) {
  const router = useRouter();
  const [id] = useState(newRunId);
  // What arrives while somebody reads the question does not change its number.
  const [openedAt] = useState(() => Date.now());
  const [filters, setFilters] = useState<EventFilters>(NO_EVENT_FILTERS);
  const [version, setVersion] = useState<ReplayVersion>();
  const [how, setHow] = useState<"plan" | "run">("plan");
  const [confirmed, setConfirmed] = useState(false);
  const source: ReplaySource = executions === undefined ? sourceOf(filters, openedAt) : { executions };
  const versions = useQuery({
    queryKey: queryKey(listVersions, { params: { id: flow.id } }),
    queryFn: ({ signal }) => call(listVersions, { params: { id: flow.id }, signal }),
    staleTime: 0,
  });
  const live = versions.data?.versions.find((each) => each.live)?.number;
  const chosen = version ?? (versions.data && (live ?? "draft"));
  const what = { params: { id: flow.id }, body: { source, version: chosen ?? ("draft" as const) } };
  const preview = useQuery({
    queryKey: ["replay-preview", flow.id, what.body],
    queryFn: async ({ signal }) => {
      if (chosen === "draft") await settle?.();
      return call(previewReplay, { ...what, signal });
    },
    enabled: chosen !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
    retry: false,
  });
  const count = preview.data?.count ?? 0;
  const newest = preview.data?.newest ?? [];
  const underWay = newest.filter(({ execution }) => execution && isUnfinished(execution)).length;
  const writes = preview.data?.writes ?? [];
  const replay = useAction({
    run: () =>
      call(replayEvents, {
        ...what,
        body: { ...what.body, id, how, confirm: count, confirmWrites: how === "run" && confirmed },
      }),
    failed: how === "plan" ? "Nothing was planned" : "Nothing was replayed",
    onDone: () => router.push(`/run/${id}`),
  });
  return (
    <Dialog onClose={onClose} size="lg" title={`Replay past events: ${flow.name}`}>
      <Stack gap="md">
        {executions === undefined ? (
          <EventFilter filters={filters} onFilters={setFilters} />
        ) : (
          <Text size="sm">{about}</Text>
        )}
        <Select
          label="On"
          allowDeselect={false}
          data={[
            ...(versions.data?.versions ?? []).map(({ number, live: isLive, note }) => ({
              value: String(number),
              label: `Version ${number}${isLive ? ", live" : ""}${note ? `: ${shortened(note)}` : ""}`,
            })),
            { value: "draft", label: "The draft as it is now" },
          ]}
          value={chosen === undefined ? null : String(chosen)}
          onChange={(next) => setVersion(next === "draft" ? "draft" : Number(next))}
        />
        {versions.error || preview.error ? (
          <ErrorState
            error={versions.error ?? preview.error}
            what="The events"
            onRetry={() => void (versions.error ? versions.refetch() : preview.refetch())}
          />
        ) : (
          <EventList preview={preview.data} />
        )}
        <Radio.Group
          label="What is done"
          value={how}
          onChange={(value) => setHow(value === "run" ? "run" : "plan")}
        >
          <Stack gap={6} mt={6}>
            <Radio
              value="plan"
              label="Plan"
              description="Cards read for real. What they would change is listed and not sent."
            />
            <Radio
              value="run"
              label="Run"
              description="Executions of their own, beside those the events started when they arrived."
            />
          </Stack>
        </Radio.Group>
        {how === "run" && underWay > 0 ? (
          <Alert color="orange" variant="outline" role="note">
            {underWayText(underWay, newest.length, count)}
          </Alert>
        ) : null}
        {how === "run" && writes.length > 0 ? (
          <Alert color="orange" variant="outline" title="This really changes something">
            <Text size="sm">
              {writes.join(", ")}. What these events changed when they arrived is changed again.
            </Text>
            <Checkbox
              mt="sm"
              label="I understand that these changes are real"
              checked={confirmed}
              onChange={(change) => setConfirmed(change.target.checked)}
            />
          </Alert>
        ) : null}
        <Text size="sm" c="dimmed">
          {count === MAX_TOGETHER ? `The oldest ${MAX_TOGETHER.toLocaleString("en")} at once. ` : ""}
          They run a few at a time, oldest first, behind new events; you can watch and stop them.
        </Text>
        <DialogButtons
          confirm={`${how === "plan" ? "Plan" : "Replay"} ${eventCount(count)}`}
          busy={replay.isPending}
          disabled={
            count === 0 || preview.isPlaceholderData || (how === "run" && writes.length > 0 && !confirmed)
          }
          onCancel={onClose}
          onConfirm={() => replay.mutate(undefined)}
        />
      </Stack>
    </Dialog>
  );
}

/** That executions of the events have not ended, as far as it is known: of the newest ones. */
function underWayText(underWay: number, known: number, count: number): string {
  const some = underWay === 1 ? "An execution" : `${underWay} executions`;
  const whose = count > known ? `the newest ${known} events` : count === 1 ? "this event" : "these events";
  return `${some} of ${whose} ${underWay === 1 ? "has" : "have"} not ended yet and will do the same. Wait, or cancel first, unless it is meant twice.`;
}

/** A note may have a thousand characters; a choice is one line. */
function shortened(note: string): string {
  return note.length > 60 ? `${note.slice(0, 59)}…` : note;
}
