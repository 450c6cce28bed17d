"use client";

import { Button, Group, Menu, Pill, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { May, useMay } from "#components/accounts/may.tsx";
import type { OrgGroup, Person, Sandbox } from "./use-sandbox.ts";
import { useSandboxAction } from "./use-sandbox-action.ts";

/** The groups somebody is in, each to leave, and the others to join. Okta itself keeps "Everyone". */
export function GroupMenu({ person, groups }: { person: Person; groups: Sandbox["groups"] }) {
  const change = useSandboxAction(`The groups of ${person.name} were changed.`);
  const own = groups.filter((group) => group.type === "OKTA_GROUP");
  const joined = own.filter(({ id }) => person.groups.includes(id));
  const others = own.filter(({ id }) => !person.groups.includes(id));
  return (
    <Group gap={4}>
      {joined.map((group) => (
        <JoinedGroup key={group.id} person={person} group={group} />
      ))}
      <May permission="connections.manage">
        <Menu position="bottom-start" withInitialFocusPlaceholder={false}>
          <Menu.Target>
            <Button
              size="compact-xs"
              variant="subtle"
              loading={change.isPending}
              leftSection={<IconPlus size={12} aria-hidden="true" />}
              aria-label={`Add ${person.name} to a group`}
            >
              Group
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {others.length === 0 ? (
              <Text size="sm" p="xs" c="dimmed">
                In every group already.
              </Text>
            ) : null}
            {others.map((group) => (
              <Menu.Item
                key={group.id}
                onClick={() => change.mutate({ action: "addToGroup", userId: person.id, groupId: group.id })}
              >
                {group.name}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </May>
    </Group>
  );
}

/** Each pill has an action of its own: one for all took two quick clicks on two of them for a double click. */
function JoinedGroup({ person, group }: { person: Person; group: OrgGroup }) {
  const mayAct = useMay("connections.manage");
  const leave = useSandboxAction(`${person.name} left ${group.name}.`);
  return (
    <Pill
      size="sm"
      withRemoveButton={mayAct}
      disabled={leave.isPending}
      removeButtonProps={{
        "aria-label": `Remove ${person.name} from ${group.name}`,
        "aria-hidden": false,
        tabIndex: 0,
      }}
      onRemove={() => leave.mutate({ action: "removeFromGroup", userId: person.id, groupId: group.id })}
    >
      {group.name}
    </Pill>
  );
}
