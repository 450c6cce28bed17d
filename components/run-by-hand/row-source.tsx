"use client";

import { SegmentedControl } from "@mantine/core";
import { Panel } from "#components/ui/panel.tsx";
import { PastedList } from "./pasted-list.tsx";
import { PeoplePicker } from "./people-picker.tsx";
import { PeopleSearch } from "./people-search.tsx";
import { PersonInput } from "./person-input.tsx";
import classes from "./run-by-hand.module.css";
import type { SourceKind } from "./run-draft.ts";
import type { useRunDraft } from "./use-run-draft.ts";

const SOURCES: { value: SourceKind; label: string }[] = [
  { value: "once", label: "Once" },
  { value: "people", label: "Picked people" },
  { value: "search", label: "Search" },
  { value: "list", label: "List or CSV" },
];

/** Where the rows come from, and which inputs they fill in. */
export function RowSource({ run }: { run: ReturnType<typeof useRunDraft> }) {
  const { draft, choices, columns, change } = run;
  const { source, connection } = draft;
  const sources = connection ? SOURCES : SOURCES.filter(({ value }) => value === "once" || value === "list");
  return (
    <Panel>
      <section className={classes.section} aria-label="Rows">
        <h2 className={classes.sectionTitle}>For whom?</h2>
        <SegmentedControl
          aria-label="For whom"
          value={source}
          data={sources}
          onChange={(next) =>
            change({ source: SOURCES.find(({ value }) => value === next)?.value ?? "once" })
          }
        />
        {source === "once" ? (
          <p className={classes.soft}>The action runs once, with the inputs below.</p>
        ) : null}
        {source === "people" && connection ? (
          <PeoplePicker
            connection={connection}
            picked={draft.picked}
            onChange={(picked) => change({ picked })}
          />
        ) : null}
        {source === "search" && connection ? (
          <PeopleSearch connection={connection} found={draft.found} onFound={(found) => change({ found })} />
        ) : null}
        {source === "people" || source === "search" ? (
          <PersonInput choices={choices} value={columns[0] ?? null} onChange={run.setPersonTo} />
        ) : null}
        {source === "list" ? (
          <PastedList
            list={draft.list}
            columns={columns}
            choices={choices}
            onChange={(list) => change({ list })}
          />
        ) : null}
      </section>
    </Panel>
  );
}
