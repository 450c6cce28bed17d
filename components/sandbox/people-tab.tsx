"use client";

import { Group, Select, Text } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useMemo } from "react";
import { May, useMay } from "#components/accounts/may.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Tag, type Tone } from "#components/ui/tag.tsx";
import { CreatePersonButton } from "./create-person.tsx";
import { GroupMenu } from "./group-menu.tsx";
import { PersonActions } from "./person-actions.tsx";
import classes from "./sandbox.module.css";
import type { SandboxView } from "./sandbox-view.ts";
import { SearchField } from "./search-field.tsx";
import type { Person, Sandbox } from "./use-sandbox.ts";
import type { ChangeView } from "./use-sandbox-view.ts";
import { type Column, VirtualTable } from "./virtual-table.tsx";

const COLUMNS: readonly Column[] = [
  { title: "Person", width: "minmax(190px, 1.2fr)" },
  { title: "Work", width: "minmax(230px, 1.3fr)" },
  { title: "Status", width: "148px" },
  { title: "Groups", width: "minmax(220px, 1.7fr)" },
  { title: "Actions", width: "64px" },
];
const STATUS_TONES: Record<string, Tone> = {
  ACTIVE: "good",
  SUSPENDED: "warning",
  LOCKED_OUT: "bad",
  DEPROVISIONED: "neutral",
};

interface TabProps {
  sandbox: Sandbox;
  view: SandboxView;
  change: ChangeView;
}

/** Everybody in the org, and what an admin can do with each. */
export function PeopleTab({ sandbox, view, change }: TabProps) {
  const { people, groups } = sandbox;
  const mayAct = useMay("connections.manage");
  const found = useMemo(() => findPeople(people, view), [people, view]);
  const names = useMemo(() => new Map(people.map(({ id, name }) => [id, name])), [people]);
  const cells = (person: Person) => [
    <div key="person">
      <span className={classes.name}>{person.name}</span>
      <span className={classes.soft}>{person.login}</span>
    </div>,
    <div key="work">
      {[person.department, person.userType].filter(Boolean).join(" · ")}
      <div className={classes.soft}>
        {[person.title, managerOf(person, names)].filter(Boolean).join(" · ")}
      </div>
    </div>,
    <Group key="status" gap={4}>
      <Tag tone={STATUS_TONES[person.status] ?? "info"}>{person.status}</Tag>
      {person.sessions > 0 ? (
        <span className={classes.soft}>
          {person.sessions === 1 ? "1 session" : `${person.sessions} sessions`}
        </span>
      ) : null}
    </Group>,
    <GroupMenu key="groups" person={person} groups={groups} />,
    ...(mayAct ? [<PersonActions key="actions" person={person} />] : []),
  ];
  return (
    <div className={classes.panel}>
      <div className={classes.bar}>
        <SearchField label="Search people" text={view.text} onText={(text) => change({ text }, "replace")} />
        <Select
          className={classes.choice}
          aria-label="Only members of"
          placeholder="All groups"
          clearable
          searchable
          data={groups.map(({ id, name, members }) => ({ value: id, label: `${name} (${members})` }))}
          value={view.group ?? null}
          onChange={(group) => change({ group: group ?? undefined })}
        />
        <Text size="sm" c="dimmed" aria-live="polite">
          {found.length === 1 ? "1 person" : `${found.length} people`}
        </Text>
        <May permission="connections.manage">
          <CreatePersonButton />
        </May>
      </div>
      {found.length === 0 ? (
        <EmptyState icon={IconSearch} title="Nobody matches">
          Search for something else, or choose another group.
        </EmptyState>
      ) : (
        <VirtualTable
          label="People"
          columns={mayAct ? COLUMNS : COLUMNS.slice(0, -1)}
          rows={found}
          keyOf={({ id }) => id}
          cells={cells}
          rowHeight={57}
        />
      )}
    </div>
  );
}

function managerOf({ managerId }: Person, names: ReadonlyMap<string, string>): string | null {
  return managerId ? `reports to ${names.get(managerId) ?? managerId}` : null;
}

/** Newest first, so that somebody just created is seen. */
function findPeople(people: readonly Person[], { text, group }: SandboxView): Person[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = people.filter((person) => {
    if (group !== undefined && !person.groups.includes(group)) return false;
    const { id, name, login, department, title, userType, status } = person;
    const said = [id, name, login, department, title, userType, status].join(" ").toLowerCase();
    return words.every((word) => said.includes(word));
  });
  return found.toReversed();
}
