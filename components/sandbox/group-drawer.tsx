"use client";

import { Button, Drawer, Group, Text } from "@mantine/core";
import { useState } from "react";
import { May } from "#components/accounts/may.tsx";
import { AssignedList } from "./assigned-list.tsx";
import type { OrgGroup, Sandbox } from "./use-sandbox.ts";
import { useSandboxAction } from "./use-sandbox-action.ts";

interface DrawerProps {
  group: OrgGroup;
  sandbox: Sandbox;
  onClose: () => void;
}

/** The members of a group, to add and to remove; and the group itself, to delete. */
export function GroupDrawer({ group, sandbox, onClose }: DrawerProps) {
  const members = sandbox.people.filter(({ groups }) => groups.includes(group.id));
  const others = sandbox.people.filter(({ groups }) => !groups.includes(group.id));
  const own = group.type === "OKTA_GROUP";
  return (
    <Drawer opened onClose={onClose} position="right" size={440} title={`Members of ${group.name}`}>
      <Text size="sm" mb="sm" aria-live="polite">
        {members.length === 1 ? "1 member" : `${members.length} members`}
      </Text>
      <AssignedList
        items={members.map(({ id, name, login }) => ({ id, name, note: login }))}
        others={others.map(({ id, name, login }) => ({ id, name: `${name} (${login})` }))}
        addLabel="Add somebody"
        removeLabel={(name) => `Remove ${name} from ${group.name}`}
        empty="Nobody is in this group."
        done={`The members of ${group.name} were changed.`}
        adding={(userId) => ({ action: "addToGroup", userId, groupId: group.id })}
        removing={(userId) => ({ action: "removeFromGroup", userId, groupId: group.id })}
        locked={
          own ? undefined : "Okta keeps the members of this group itself: nobody can be added or removed."
        }
      />
      <May permission="connections.manage">{own ? <DeleteGroup group={group} onDone={onClose} /> : null}</May>
    </Drawer>
  );
}

function DeleteGroup({ group, onDone }: { group: OrgGroup; onDone: () => void }) {
  const [asked, setAsked] = useState(false);
  const remove = useSandboxAction(`The group ${group.name} was deleted.`, onDone);
  if (!asked) {
    return (
      <Button variant="subtle" color="red" mt="lg" size="compact-sm" onClick={() => setAsked(true)}>
        Delete this group
      </Button>
    );
  }
  return (
    <Group mt="lg" gap="xs">
      <Text size="sm">Delete {group.name}? Rules that fill it become invalid.</Text>
      <Button variant="default" size="compact-sm" onClick={() => setAsked(false)}>
        Keep it
      </Button>
      <Button
        color="red"
        size="compact-sm"
        loading={remove.isPending}
        onClick={() => remove.mutate({ action: "deleteGroup", groupId: group.id })}
      >
        Delete
      </Button>
    </Group>
  );
}
