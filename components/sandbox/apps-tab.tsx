"use client";

import { Button, Group, Text } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { May } from "#components/accounts/may.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { AppDrawer } from "./app-drawer.tsx";
import classes from "./sandbox.module.css";
import type { SandboxView } from "./sandbox-view.ts";
import { SearchField } from "./search-field.tsx";
import type { OrgApp, Sandbox } from "./use-sandbox.ts";
import { useSandboxAction } from "./use-sandbox-action.ts";
import type { ChangeView } from "./use-sandbox-view.ts";
import { type Column, VirtualTable } from "./virtual-table.tsx";

const COLUMNS: readonly Column[] = [
  { title: "Application", width: "minmax(220px, 1.5fr)" },
  { title: "Status", width: "100px" },
  { title: "People", width: "90px" },
  { title: "Groups", width: "minmax(160px, 1fr)" },
  { title: "Actions", width: "230px" },
];

interface TabProps {
  sandbox: Sandbox;
  view: SandboxView;
  change: ChangeView;
}

/** The applications, who has them, and whether they are on. */
export function AppsTab({ sandbox, view, change }: TabProps) {
  const words = view.text.toLowerCase();
  const found = sandbox.apps.filter(({ id, label, name }) =>
    `${id} ${label} ${name}`.toLowerCase().includes(words),
  );
  const groupNames = new Map(sandbox.groups.map(({ id, name }) => [id, name]));
  const cells = (app: OrgApp) => [
    <div key="app">
      <span className={classes.name}>{app.label}</span>
      <span className={classes.soft}>{app.name}</span>
    </div>,
    <Tag key="status" tone={app.status === "ACTIVE" ? "good" : "neutral"}>
      {app.status}
    </Tag>,
    app.users.length,
    app.groups.map((id) => groupNames.get(id) ?? id).join(", "),
    <AppButtons key="actions" app={app} onOpen={() => change({ app: app.id })} />,
  ];
  const open = sandbox.apps.find(({ id }) => id === view.app);
  return (
    <div className={classes.panel}>
      <div className={classes.bar}>
        <SearchField
          label="Search applications"
          text={view.text}
          onText={(text) => change({ text }, "replace")}
        />
        <Text size="sm" c="dimmed" aria-live="polite">
          {found.length === 1 ? "1 application" : `${found.length} applications`}
        </Text>
      </div>
      {found.length === 0 ? (
        <EmptyState icon={IconSearch} title="No application matches">
          Search for something else.
        </EmptyState>
      ) : (
        <VirtualTable
          label="Applications"
          columns={COLUMNS}
          rows={found}
          keyOf={({ id }) => id}
          cells={cells}
          rowHeight={55}
        />
      )}
      {open ? (
        <AppDrawer key={open.id} app={open} sandbox={sandbox} onClose={() => change({ app: undefined })} />
      ) : null}
    </div>
  );
}

function AppButtons({ app, onOpen }: { app: OrgApp; onOpen: () => void }) {
  const active = app.status === "ACTIVE";
  const change = useSandboxAction(`${app.label} is ${active ? "inactive" : "active"}.`);
  return (
    <Group gap={6}>
      <Button size="compact-sm" variant="default" aria-label={`Assignments of ${app.label}`} onClick={onOpen}>
        Assignments
      </Button>
      <May permission="connections.manage">
        <Button
          size="compact-sm"
          variant="subtle"
          loading={change.isPending}
          aria-label={`${active ? "Deactivate" : "Activate"} ${app.label}`}
          onClick={() => change.mutate({ action: active ? "deactivateApp" : "activateApp", appId: app.id })}
        >
          {active ? "Deactivate" : "Activate"}
        </Button>
      </May>
    </Group>
  );
}
