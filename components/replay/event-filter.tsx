import { Group } from "@mantine/core";
import { PRESETS, type TimeRange } from "#components/executions/execution-filters.ts";
import { SearchText } from "#components/executions/search-text.tsx";
import { TimeFilter } from "#components/executions/time-filter.tsx";
import type { ReplaySource } from "#lib/api/replay.ts";

/** Which past events are meant, as somebody chose them. */
export interface EventFilters {
  time: TimeRange;
  text: string;
}

export const NO_EVENT_FILTERS: EventFilters = { time: { kind: "last", preset: "24h" }, text: "" };

/** The filters as the API takes them. `now` is milliseconds since 1970: nothing that arrives later is meant. */
export function sourceOf({ time, text }: EventFilters, now: number): ReplaySource {
  const range =
    time.kind === "between"
      ? { since: time.since, until: time.until }
      : { since: time.kind === "last" ? new Date(now - PRESETS[time.preset].ms).toISOString() : undefined };
  return { events: { until: new Date(now).toISOString(), ...range, text: text.trim() || undefined } };
}

/** When the events happened, and whom they are about. */
export function EventFilter(props: { filters: EventFilters; onFilters: (filters: EventFilters) => void }) {
  const { filters, onFilters } = props;
  return (
    <Group gap="xs" align="flex-start">
      <TimeFilter time={filters.time} onTime={(time) => onFilters({ ...filters, time })} />
      <SearchText
        grow
        label="Search in names, logins and ids of events"
        placeholder="Name, login or event id"
        text={filters.text}
        onText={(text) => onFilters({ ...filters, text })}
      />
    </Group>
  );
}
