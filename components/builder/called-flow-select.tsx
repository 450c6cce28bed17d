"use client";

import { Anchor, Select, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { call, queryKey } from "#lib/api/client.ts";
import { listFlows } from "#lib/api/flows.ts";

/** Chooses the flow that is called when a card fails: one that is on and starts with "Card Failed". */
export function CalledFlowSelect(props: {
  value: string | undefined;
  readOnly?: boolean;
  onChange: (flow: string) => void;
}) {
  const { value, onChange } = props;
  const flows = useQuery({
    queryKey: queryKey(listFlows),
    queryFn: ({ signal }) => call(listFlows, { signal }),
  });
  const all = flows.data?.flows ?? [];
  const offered = all.filter((flow) => flow.callable || flow.id === value);
  const chosen = all.find(({ id }) => id === value);
  return (
    <>
      <Select
        size="xs"
        label="Flow to call"
        placeholder={flows.isPending ? "Loading…" : "Choose a flow"}
        allowDeselect={false}
        readOnly={props.readOnly}
        searchable
        nothingFoundMessage="No flow is on that starts with “Card Failed”."
        data={offered.map(({ id, name }) => ({ value: id, label: name }))}
        value={value ?? null}
        onChange={(next) => next && onChange(next)}
        error={problemOf(flows.isError, flows.isSuccess && value !== undefined, chosen)}
      />
      {chosen ? (
        <Anchor component={Link} href={`/flows/${chosen.id}`} size="xs">
          Open “{chosen.name}”
        </Anchor>
      ) : flows.isSuccess && offered.length === 0 ? (
        <Text size="xs" c="dimmed">
          Make a flow that starts with the event card “Card Failed”, publish it and turn it on; then it can be
          chosen here.
        </Text>
      ) : null}
    </>
  );
}

function problemOf(unread: boolean, wanted: boolean, chosen: { callable: boolean } | undefined) {
  if (unread) return "The flows could not be loaded. Close this card and open it again.";
  if (!wanted) return undefined;
  if (!chosen) return "This flow is not there any more: choose another.";
  return chosen.callable
    ? undefined
    : "This flow is off or does not start with “Card Failed”: nothing would be called.";
}
