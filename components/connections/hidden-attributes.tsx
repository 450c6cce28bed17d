"use client";

import { Alert, Button, Code, Group, Stack, TagsInput, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { May } from "#components/accounts/may.tsx";
import { useAction } from "#components/feedback/use-action.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogButtons } from "#components/ui/dialog-buttons.tsx";
import { call } from "#lib/api/client.ts";
import { attributeSchema, type ConnectionView, MOST_HIDDEN, updateConnection } from "#lib/api/connections.ts";
import { type ProfileAttribute, useProfileAttributes } from "./use-profile-attributes.ts";

/** Attributes of the org's people whose values executions neither show nor keep in the clear. */
export function HiddenAttributes({ connection }: { connection: ConnectionView }) {
  const { name, hiddenAttributes } = connection;
  const [changing, change] = useDisclosure();
  return (
    <Stack gap={6}>
      <Text fw={600} size="sm">
        Hidden attributes
      </Text>
      {hiddenAttributes.length === 0 ? (
        <Text size="sm" c="dimmed">
          Executions show and keep every profile attribute they read or write.
        </Text>
      ) : (
        <>
          <Text size="sm" c="dimmed">
            Executions show and keep no values of these profile attributes.
          </Text>
          <Group gap={4}>
            {hiddenAttributes.map((attribute) => (
              <Code key={attribute}>{attribute}</Code>
            ))}
          </Group>
        </>
      )}
      <May permission="connections.manage">
        <Group>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Choose hidden attributes of ${name}`}
            onClick={change.open}
          >
            Choose
          </Button>
        </Group>
      </May>
      {changing ? <ChooseDialog connection={connection} onClose={change.close} /> : null}
    </Stack>
  );
}

function ChooseDialog({ connection, onClose }: { connection: ConnectionView; onClose: () => void }) {
  const known = useProfileAttributes(connection);
  const [changed, change] = useState(false);
  const save = useAction({
    run: (hiddenAttributes: string[]) =>
      call(updateConnection, { params: { id: connection.id }, body: { hiddenAttributes } }),
    failed: "The hidden attributes were not changed",
    done: "The hidden attributes are changed. What is recorded from now on follows them.",
    onDone: onClose,
  });
  return (
    // What was chosen is not lost to a key or a click beside it.
    <Dialog
      onClose={onClose}
      closeOnEscape={!changed}
      closeOnClickOutside={!changed}
      title={`Hidden attributes of ${connection.name}`}
    >
      <AttributeForm
        known={known}
        chosen={connection.hiddenAttributes}
        saving={save.isPending}
        onChange={() => change(true)}
        onCancel={onClose}
        onSave={save.mutate}
      />
    </Dialog>
  );
}

/** The form itself. */
export function AttributeForm(props: {
  known: ProfileAttribute[];
  chosen: string[];
  saving: boolean;
  onChange?: () => void;
  onCancel: () => void;
  onSave: (attributes: string[]) => void;
}) {
  const [names, setNames] = useState(props.chosen);
  const [listed, list] = useDisclosure();
  const labels = new Map(props.known.map(({ name, label }) => [name, label]));
  // "mob" and Enter is "mob", and mobilePhone stays in sight of everybody who believes it hidden.
  const unknown = names.filter((name) => !labels.has(name));
  const wrong = names.find((name) => !attributeSchema.safeParse(name).success);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (wrong === undefined) props.onSave(names);
      }}
    >
      <Stack>
        <Text size="sm">
          Wherever such a name stands in what flows read from this org or send to it, its value is masked in
          the history of executions. Flows go on working with it: what later cards need is stored encrypted.
          In the events Okta sends it is masked before they are stored: a flow that needs it reads the user.
        </Text>
        <TagsInput
          label="Attributes"
          description="By variable name, upper and lower case as in Okta. Type any that is not listed, and press Enter."
          placeholder={names.length === 0 ? "Search or type a name" : undefined}
          data-autofocus
          isDuplicate={(name, chosen) => chosen.includes(name)}
          maxTags={MOST_HIDDEN}
          // Open beside a name that was just taken it would cover what is wrong with it, and "Save".
          openOnFocus={false}
          dropdownOpened={listed}
          onDropdownOpen={list.open}
          onDropdownClose={list.close}
          onSearchChange={(typed) => (typed === "" ? list.close() : list.open())}
          maxDropdownHeight={220}
          data={props.known.map(({ name }) => name)}
          renderOption={({ option }) => (
            <div>
              <Text size="sm">{option.value}</Text>
              <Text size="xs" c="dimmed">
                {labels.get(option.value)}
              </Text>
            </div>
          )}
          filter={({ options, search }) => {
            const wanted = search.trim().toLowerCase();
            return options.filter(
              (option) =>
                "value" in option &&
                `${option.value} ${labels.get(option.value) ?? ""}`.toLowerCase().includes(wanted),
            );
          }}
          value={names}
          onChange={(chosen) => {
            setNames(chosen);
            list.close();
            props.onChange?.();
          }}
          error={
            wrong === undefined
              ? undefined
              : `“${wrong}” is no variable name: those have letters, digits and underscores.`
          }
        />
        {unknown.length === 0 || wrong !== undefined ? null : (
          <Alert color="yellow" role="status">
            The profiles of this org as Flowdeck knows them have no {unknown.join(", ")}. The name is saved as
            it is; where another attribute is meant, its value stays in sight.
          </Alert>
        )}
        <Text size="sm" c="dimmed">
          It holds for what is recorded from now on. Taking a name out shows it again in what is recorded
          then. Values that were typed into a flow, and the names and logins by which events call people, stay
          as they are.
        </Text>
        <DialogButtons
          onCancel={props.onCancel}
          confirm="Save"
          busy={props.saving}
          disabled={wrong !== undefined}
        />
      </Stack>
    </form>
  );
}
