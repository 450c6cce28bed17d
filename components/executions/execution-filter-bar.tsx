"use client";

import { Button, Chip, MultiSelect, SegmentedControl, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { STATUS_LABELS } from "#components/flows/status-dot.tsx";
import { call, queryKey } from "#lib/api/client.ts";
import { EXECUTION_STATUSES, SEVERITIES } from "#lib/api/executions.ts";
import { listFlows } from "#lib/api/flows.ts";
import { type ExecutionFilters, isFiltered, modeNamed, NO_FILTERS } from "./execution-filters.ts";
import classes from "./execution-list.module.css";
import { SearchText } from "./search-text.tsx";
import { SEVERITY_LABELS } from "./severity-tag.tsx";
import { TimeFilter } from "./time-filter.tsx";

interface BarProps {
  filters: ExecutionFilters;
  change: (changes: Partial<ExecutionFilters>, how?: "push" | "replace") => void;
}

/** What of all executions is listed. */
export function ExecutionFilterBar({ filters, change }: BarProps) {
  return (
    <search className={classes.filters} aria-label="Filter executions">
      <SearchText
        className={classes.text}
        label="Search in names, logins and errors"
        placeholder="Name, login, reason"
        text={filters.text}
        onText={(text) => change({ text }, "replace")}
      />
      <FlowFilter flowId={filters.flowId} onFlow={(flowId) => change({ flowId })} />
      <MultiSelect
        className={classes.statuses}
        aria-label="Status"
        placeholder={filters.statuses.length === 0 ? "Any status" : undefined}
        data={EXECUTION_STATUSES.map((value) => ({ value, label: STATUS_LABELS[value] ?? value }))}
        value={filters.statuses}
        onChange={(values) =>
          change({ statuses: EXECUTION_STATUSES.filter((status) => values.includes(status)) })
        }
        clearable
        hidePickedOptions
      />
      <MultiSelect
        className={classes.severities}
        aria-label="Severity"
        placeholder={filters.severities.length === 0 ? "Any severity" : undefined}
        data={SEVERITIES.map((value) => ({ value, label: SEVERITY_LABELS[value] }))}
        value={filters.severities}
        onChange={(values) =>
          change({ severities: SEVERITIES.filter((severity) => values.includes(severity)) })
        }
        clearable
        hidePickedOptions
      />
      <Chip size="sm" radius="sm" checked={filters.didNotRun} onChange={(didNotRun) => change({ didNotRun })}>
        Did not run
      </Chip>
      <TimeFilter time={filters.time} onTime={(time) => change({ time })} />
      <SegmentedControl
        aria-label="Live, test, by hand, plan or replay"
        size="sm"
        value={filters.mode ?? "all"}
        onChange={(mode) => change({ mode: modeNamed(mode) })}
        data={[
          { value: "all", label: "All" },
          { value: "live", label: "Live" },
          { value: "test", label: "Tests" },
          { value: "manual", label: "By hand" },
          { value: "plan", label: "Plans" },
          { value: "replay", label: "Replays" },
        ]}
      />
      {isFiltered(filters) ? (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconX size={14} aria-hidden="true" />}
          onClick={() => change(NO_FILTERS_AT_ALL)}
        >
          Clear filters
        </Button>
      ) : null}
    </search>
  );
}

/** Every filter named, so that those that are absent are taken away too. */
export const NO_FILTERS_AT_ALL: Partial<ExecutionFilters> = {
  flowId: undefined,
  mode: undefined,
  ...NO_FILTERS,
};

function FlowFilter(props: { flowId?: string; onFlow: (flowId: string | undefined) => void }) {
  const flows = useQuery({
    queryKey: queryKey(listFlows),
    queryFn: ({ signal }) => call(listFlows, { signal }),
  });
  const known = (flows.data?.flows ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const { flowId } = props;
  const deleted = flowId && flows.data && !known.some(({ value }) => value === flowId);
  return (
    <Select
      className={classes.flow}
      aria-label="Flow"
      placeholder="Any flow"
      data={deleted ? [...known, { value: flowId, label: "A deleted flow" }] : known}
      value={flowId ?? null}
      onChange={(value) => props.onFlow(value ?? undefined)}
      searchable
      clearable
      nothingFoundMessage={flows.isPending ? "Loading" : "No flow is called that"}
    />
  );
}
