"use client";

import { Select, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { isoOf, localInputOf } from "#components/card-form/local-time.ts";
import { isPreset, PRESETS, type TimeRange } from "./execution-filters.ts";
import classes from "./execution-list.module.css";

/** Any time, the last hours or days, or between two instants. */
export function TimeFilter({ time, onTime }: { time: TimeRange; onTime: (time: TimeRange) => void }) {
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
