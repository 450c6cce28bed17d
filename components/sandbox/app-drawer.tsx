"use client";

import { Drawer, Title } from "@mantine/core";
import { AssignedList } from "./assigned-list.tsx";
import type { OrgApp, Sandbox } from "./use-sandbox.ts";

interface DrawerProps {
  app: OrgApp;
  sandbox: Sandbox;
  onClose: () => void;
}

/** Which groups and people an application is assigned to. */
export function AppDrawer({ app, sandbox, onClose }: DrawerProps) {
  const done = `The assignments of ${app.label} were changed.`;
  const people = new Map(sandbox.people.map((person) => [person.id, person]));
  const groups = new Map(sandbox.groups.map(({ id, name }) => [id, name]));
  const assigned = new Set(app.users);
  const appId = app.id;
  return (
    <Drawer opened onClose={onClose} position="right" size={460} title={`Assignments of ${app.label}`}>
      <Title order={3} size="h5" mb="xs">
        Groups
      </Title>
      <AssignedList
        items={app.groups.map((id) => ({ id, name: groups.get(id) ?? id }))}
        others={sandbox.groups.filter(({ id }) => !app.groups.includes(id))}
        addLabel="Assign to a group"
        removeLabel={(name) => `Remove ${name} from ${app.label}`}
        empty="No group has this application."
        done={done}
        adding={(groupId) => ({ action: "assignGroup", appId, groupId })}
        removing={(groupId) => ({ action: "unassignGroup", appId, groupId })}
      />
      <Title order={3} size="h5" mt="lg" mb="xs">
        People ({app.users.length})
      </Title>
      <AssignedList
        items={app.users.map((id) => ({
          id,
          name: people.get(id)?.name ?? id,
          note: people.get(id)?.login,
          fixed: app.throughGroup.includes(id) ? "through a group" : undefined,
        }))}
        others={sandbox.people
          .filter(({ id }) => !assigned.has(id))
          .map(({ id, name, login }) => ({ id, name: `${name} (${login})` }))}
        addLabel="Assign to somebody"
        removeLabel={(name) => `Remove ${name} from ${app.label}`}
        empty="Nobody has this application."
        done={done}
        adding={(userId) => ({ action: "assignUser", appId, userId })}
        removing={(userId) => ({ action: "unassignUser", appId, userId })}
      />
    </Drawer>
  );
}
