"use client";

import { Button, Text } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { May } from "#components/accounts/may.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { CreateGroupButton } from "./create-group.tsx";
import { GroupDrawer } from "./group-drawer.tsx";
import { RuleList } from "./rule-list.tsx";
import classes from "./sandbox.module.css";
import type { SandboxView } from "./sandbox-view.ts";
import { SearchField } from "./search-field.tsx";
import type { OrgGroup, Sandbox } from "./use-sandbox.ts";
import type { ChangeView } from "./use-sandbox-view.ts";
import { type Column, VirtualTable } from "./virtual-table.tsx";

const COLUMNS: readonly Column[] = [
  { title: "Group", width: "minmax(220px, 1.5fr)" },
  { title: "Kind", width: "150px" },
  { title: "Filled by", width: "minmax(180px, 1fr)" },
  { title: "Members", width: "80px" },
  { title: "Actions", width: "130px" },
];
const KINDS: Record<string, string> = {
  OKTA_GROUP: "Okta group",
  APP_GROUP: "From an application",
  BUILT_IN: "Built in",
};

interface TabProps {
  sandbox: Sandbox;
  view: SandboxView;
  change: ChangeView;
}

/** Groups with their members, and the rules that fill them. */
export function GroupsTab({ sandbox, view, change }: TabProps) {
  const words = view.text.toLowerCase();
  const found = sandbox.groups.filter(({ id, name, description }) =>
    `${id} ${name} ${description ?? ""}`.toLowerCase().includes(words),
  );
  const cells = (group: OrgGroup) => [
    <div key="group">
      <span className={classes.name}>{group.name}</span>
      <span className={classes.soft}>{group.description}</span>
    </div>,
    <Tag key="kind">{KINDS[group.type] ?? group.type}</Tag>,
    sandbox.rules
      .filter(({ groupIds }) => groupIds.includes(group.id))
      .map(({ name, status }) => `Rule “${name}” (${status.toLowerCase()})`)
      .join(", "),
    group.members,
    <Button
      key="open"
      size="compact-sm"
      variant="default"
      aria-label={`Members of ${group.name}`}
      onClick={() => change({ group: group.id })}
    >
      Members
    </Button>,
  ];
  const open = sandbox.groups.find(({ id }) => id === view.group);
  return (
    <div className={classes.panel}>
      <div className={classes.bar}>
        <SearchField label="Search groups" text={view.text} onText={(text) => change({ text }, "replace")} />
        <Text size="sm" c="dimmed" aria-live="polite">
          {found.length === 1 ? "1 group" : `${found.length} groups`}
        </Text>
        <May permission="connections.manage">
          <CreateGroupButton />
        </May>
      </div>
      {found.length === 0 ? (
        <EmptyState icon={IconSearch} title="No group matches">
          Search for something else.
        </EmptyState>
      ) : (
        <VirtualTable label="Groups" columns={COLUMNS} rows={found} keyOf={({ id }) => id} cells={cells} />
      )}
      <RuleList sandbox={sandbox} />
      {open ? (
        <GroupDrawer
          key={open.id}
          group={open}
          sandbox={sandbox}
          onClose={() => change({ group: undefined })}
        />
      ) : null}
    </div>
  );
}
