import { ActionIcon, Button, Checkbox, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { typeName } from "#components/canvas/type-name.ts";
import type { OwnField } from "#lib/cards/own-fields.ts";

const TYPES: OwnField["type"][] = ["text", "number", "boolean", "datetime", "object", "any"];

/** The fields an admin adds to a card: Assign, Return. */
export function OwnFieldsControl(props: {
  label: string;
  fields: readonly OwnField[];
  readOnly: boolean;
  /** `join` names what was typed in, so that typing is one step of undo. */
  onChange: (fields: OwnField[], join: string) => void;
}) {
  const { label, fields, readOnly, onChange } = props;
  const change = (index: number, part: Partial<OwnField>, join: string) =>
    onChange(
      fields.map((field, at) => (at === index ? { ...field, ...part } : field)),
      join,
    );
  return (
    <Stack gap={8}>
      <Text size="xs" fw={600}>
        {label}
      </Text>
      {fields.map((field, index) => (
        <Group key={field.key} gap={6} wrap="nowrap" align="center">
          <TextInput
            size="xs"
            flex={1}
            aria-label={`Name of field ${index + 1}`}
            readOnly={readOnly}
            value={field.label}
            onChange={(event) => {
              // A field without a name could not be found again; the last letter stays until it is typed over.
              if (event.target.value !== "") change(index, { label: event.target.value }, `own ${field.key}`);
            }}
          />
          <Select
            size="xs"
            w={112}
            aria-label={`Type of ${field.label}`}
            allowDeselect={false}
            readOnly={readOnly}
            data={TYPES.map((type) => ({ value: type, label: typeName({ type }) }))}
            value={field.type}
            onChange={(next) => {
              const type = TYPES.find((each) => each === next);
              if (type) change(index, { type }, `own ${field.key} type`);
            }}
          />
          <Checkbox
            size="xs"
            label="List"
            aria-label={`${field.label} is a list`}
            disabled={readOnly}
            checked={field.list === true}
            onChange={(event) =>
              change(index, { list: event.target.checked || undefined }, `own ${field.key} list`)
            }
          />
          {readOnly ? null : (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Remove field ${field.label}`}
              onClick={() =>
                onChange(
                  fields.filter((_, at) => at !== index),
                  "own remove",
                )
              }
            >
              <IconTrash size={15} aria-hidden="true" />
            </ActionIcon>
          )}
        </Group>
      ))}
      {readOnly ? null : (
        <Group>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconPlus size={12} aria-hidden="true" />}
            onClick={() => onChange([...fields, newOwnField(fields)], "own add")}
          >
            Add field
          </Button>
        </Group>
      )}
    </Stack>
  );
}

/** A text field under a key no other has. Keys never change: references carry them. */
export function newOwnField(fields: readonly OwnField[]): OwnField {
  const taken = new Set(fields.map((field) => field.key));
  let number = fields.length + 1;
  while (taken.has(`field${number}`)) number += 1;
  return { key: `field${number}`, label: `Field ${number}`, type: "text" };
}
