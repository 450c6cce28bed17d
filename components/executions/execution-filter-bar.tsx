"use client";

import { Button, Chip, MultiSelect, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { isoOf, localInputOf } from "#components/card-form/local-time.ts";
import { STATUS_LABELS } from "#components/flows/status-dot.tsx";
import { call, queryKey } from "#lib/api/client.ts";
import { EXECUTION_STATUSES, SEVERITIES } from "#lib/api/executions.ts";
import { listFlows } from "#lib/api/flows.ts";
import {
  type ExecutionFilters,
  isFiltered,
  isPreset,
  modeNamed,
  NO_FILTERS,
  PRESETS,
  type TimeRange,
} from "./execution-filters.ts";
import classes from "./execution-list.module.css";
import { SEVERITY_LABELS } from "./severity-tag.tsx";

interface BarProps {
  filters: ExecutionFilters;
  change: (changes: Partial<ExecutionFilters>, how?: "push" | "replace") => void;
}

/** What of all executions is listed. */
export function ExecutionFilterBar({ filters, change }: BarProps) {
  return (
    <search className={classes.filters} aria-label="Filter executions">
      <TextFilter text={filters.text} onText={(text) => change({ text }, "replace")} />
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
        aria-label="Live, test, by hand or plan"
        size="sm"
        value={filters.mode ?? "all"}
        onChange={(mode) => change({ mode: modeNamed(mode) })}
        data={[
          { value: "all", label: "All" },
          { value: "live", label: "Live" },
          { value: "test", label: "Tests" },
          { value: "manual", label: "By hand" },
          { value: "plan", label: "Plans" },
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

function TextFilter({ text, onText }: { text: string; onText: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  const send = useDebouncedCallback(onText, 300);
  // The back button, or "Clear filters", changes the text from outside; what is typed right now is not overwritten.
  useEffect(() => setTyped((now) => (now.trim() === text ? now : text)), [text]);
  return (
    <TextInput
      className={classes.text}
      type="search"
      aria-label="Search in names, logins and errors"
      placeholder="Name, login, reason"
      leftSection={<IconSearch size={16} aria-hidden="true" />}
      maxLength={200}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        send(event.currentTarget.value);
      }}
    />
  );
}

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

function TimeFilter({ time, onTime }: { time: TimeRange; onTime: (time: TimeRange) => void }) {
  const value = time.kind === "any" ? "any" : time.kind === "last" ? time.preset : "custom";
  return (
    <>
      <Select
        className={classes.time}
        aria-label="Time"
        allowDeselect={false}
        value={value}
        data={[
          { value: "any", label: "Any time" },
          ...Object.entries(PRESETS).map(([preset, { label }]) => ({ value: preset, label })),
          { value: "custom", label: "From … to …" },
        ]}
        onChange={(next) => {
          if (next === "custom") onTime({ kind: "between" });
          else onTime(next !== null && isPreset(next) ? { kind: "last", preset: next } : { kind: "any" });
        }}
      />
      {time.kind === "between" ? (
        <>
          <End label="From" at={time.since} onEnd={(since) => onTime({ ...time, since })} />
          <End label="To" at={time.until} onEnd={(until) => onTime({ ...time, until })} />
        </>
      ) : null}
    </>
  );
}

/** One end of a range of time, in the viewer's zone. Taken over when it is left: half a date is none. */
function End(props: { label: string; at?: string; onEnd: (at: string | undefined) => void }) {
  const { label, at, onEnd } = props;
  const [typed, setTyped] = useState(localInputOf(at ?? ""));
  useEffect(() => setTyped(localInputOf(at ?? "")), [at]);
  const take = () => {
    if (isoOf(typed) !== at) onEnd(isoOf(typed));
  };
  return (
    <TextInput
      type="datetime-local"
      aria-label={label}
      leftSection={<span className={classes.end}>{label}</span>}
      leftSectionWidth={50}
      step={1}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === "Enter") take();
      }}
    />
  );
}
