"use client";

import { Button, Group, Select, Text } from "@mantine/core";
import { ONLY_LOOKING, useMay } from "#components/accounts/may.tsx";
import { type SandboxAction, useSandboxAction } from "./use-sandbox-action.ts";

interface Item {
  id: string;
  name: string;
  /** Behind the name, softly. */
  note?: string;
  /** Why it can't be taken away here, in place of the button. */
  fixed?: string;
}

interface ListProps {
  items: readonly Item[];
  /** Those that may be added. */
  others: readonly { id: string; name: string }[];
  /** "Add somebody": name of the field that adds. */
  addLabel: string;
  /** "Remove … from Engineering", around the name. */
  removeLabel: (name: string) => string;
  empty: string;
  /** Said when something was added or taken away. */
  done: string;
  adding: (id: string) => SandboxAction;
  removing: (id: string) => SandboxAction;
  /** Why nothing can be added or taken away. */
  locked?: string;
}

/** What belongs to something, each to take away, and a field to add another. Hundreds scroll with the drawer. */
export function AssignedList(props: ListProps) {
  const { items, others, addLabel, removeLabel, empty, done, adding, removing } = props;
  const mayAct = useMay("connections.manage");
  const locked = mayAct ? props.locked : ONLY_LOOKING;
  const add = useSandboxAction(done);
  return (
    <div>
      {locked ? (
        <Text size="sm" c="dimmed" mb="sm">
          {locked}
        </Text>
      ) : (
        <Select
          aria-label={addLabel}
          placeholder={addLabel}
          searchable
          disabled={add.isPending}
          // Thousands of options would each be an element; searching narrows them.
          limit={100}
          nothingFoundMessage="Nobody and nothing is called that"
          data={others.map(({ id, name }) => ({ value: id, label: name }))}
          value={null}
          onChange={(id) => {
            if (id) add.mutate(adding(id));
          }}
          mb="sm"
        />
      )}
      {items.length === 0 ? (
        <Text size="sm" c="dimmed">
          {empty}
        </Text>
      ) : null}
      {items.map(({ id, name, note, fixed }) => (
        <Group key={id} py={5} gap="sm" wrap="nowrap" style={{ borderBottom: "1px solid var(--line)" }}>
          <Text size="sm" style={{ flex: 1, minWidth: 0, overflowWrap: "anywhere" }}>
            {name}
            {note ? (
              <Text span size="xs" c="dimmed">
                {" "}
                {note}
              </Text>
            ) : null}
          </Text>
          {fixed ? (
            <Text size="xs" c="dimmed">
              {fixed}
            </Text>
          ) : null}
          {fixed || locked ? null : (
            <RemoveButton label={removeLabel(name)} done={done} action={removing(id)} />
          )}
        </Group>
      ))}
    </div>
  );
}

/** Each has an action of its own: one for the whole list took two quick clicks on two rows for a double click. */
function RemoveButton({ label, done, action }: { label: string; done: string; action: SandboxAction }) {
  const remove = useSandboxAction(done);
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      loading={remove.isPending}
      aria-label={label}
      onClick={() => remove.mutate(action)}
    >
      Remove
    </Button>
  );
}
