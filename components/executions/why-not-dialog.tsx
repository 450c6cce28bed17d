"use client";

import { Autocomplete, Select, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Instant } from "#components/ui/instant.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { call, queryKey } from "#lib/api/client.ts";
import { listFlows } from "#lib/api/flows.ts";
import { type WhyNot, whyNotRun } from "#lib/api/why-not.ts";
import { eventTypeName } from "./event-type-name.ts";
import { useCatalogue } from "./use-catalogue.ts";
import { WhyNotAnswer } from "./why-not-answer.tsx";

/** Asks for a flow and, if there is one in mind, an event, and tells from what is known why the flow did not run. */
export function WhyNotDialog(props: { flowId?: string; onClose: () => void }) {
  const [flowId, setFlowId] = useState(props.flowId ?? null);
  const [typed, setTyped] = useState("");
  const [eventId] = useDebouncedValue(typed.trim(), 300);
  const flows = useQuery({
    queryKey: queryKey(listFlows),
    queryFn: ({ signal }) => call(listFlows, { signal }),
  });
  const request = { params: { id: flowId ?? "" }, query: { eventId: eventId || undefined } };
  const why = useQuery({
    queryKey: queryKey(whyNotRun, request),
    queryFn: ({ signal }) => call(whyNotRun, { ...request, signal }),
    enabled: flowId !== null,
    // The last answer's events stay to choose from while the next answer is on its way.
    placeholderData: (before, query) => (query?.queryKey.includes(flowId) ? before : undefined),
    staleTime: 0,
  });
  return (
    <Dialog onClose={props.onClose} title="Why did it not run?" size="lg">
      <Stack gap="sm">
        <Select
          label="Flow"
          placeholder="Choose a flow"
          data={(flows.data?.flows ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={flowId}
          onChange={(id) => {
            setFlowId(id);
            setTyped("");
          }}
          searchable
          nothingFoundMessage={flows.isPending ? "Loading" : "No flow is called that"}
          data-autofocus
        />
        <EventField value={typed} onChange={setTyped} latest={why.data?.latest ?? []} disabled={!flowId} />
        <div aria-live="polite">
          {flowId === null ? (
            <Text size="sm" c="dimmed">
              Choose the flow that should have run.
            </Text>
          ) : why.data ? (
            <WhyNotAnswer why={why.data} />
          ) : why.isError ? (
            <ErrorState error={why.error} what="The answer" onRetry={() => void why.refetch()} />
          ) : (
            <ListSkeleton rows={2} height={28} />
          )}
        </div>
      </Stack>
    </Dialog>
  );
}

interface EventFieldProps {
  value: string;
  onChange: (value: string) => void;
  latest: WhyNot["latest"];
  disabled: boolean;
}

/** One of the latest events of the flow's connection, or the UUID of any. */
function EventField({ value, onChange, latest, disabled }: EventFieldProps) {
  const catalogue = useCatalogue();
  const byId = new Map(latest.map((event) => [event.uuid, event]));
  return (
    <Autocomplete
      label="Event"
      description="Choose one that arrived lately, or paste the UUID the System Log shows. Empty: the latest the flow listens to."
      placeholder="The latest event"
      disabled={disabled}
      value={value}
      onChange={onChange}
      maxLength={200}
      data={[...byId.keys()]}
      // A UUID says nothing to people: names and types are searched, not the text that is shown in the field.
      filter={({ options, search }) => {
        const wanted = search.trim().toLowerCase();
        return options.filter((option) => {
          const event = "value" in option ? byId.get(option.value) : undefined;
          if (!event) return false;
          return `${event.uuid} ${event.eventType} ${event.summary}`.toLowerCase().includes(wanted);
        });
      }}
      renderOption={({ option }) => {
        const event = byId.get(option.value);
        if (!event) return option.value;
        return (
          <div>
            <Text size="sm">
              {eventTypeName(event.eventType, catalogue)} · <Instant at={event.published} />
            </Text>
            <Text size="xs" c="dimmed" lineClamp={1}>
              {event.summary || event.uuid}
            </Text>
          </div>
        );
      }}
    />
  );
}
