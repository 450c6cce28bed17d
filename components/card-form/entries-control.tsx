import { ActionIcon, Button, Group, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import type { Field } from "#lib/cards/field.ts";
import { isJsonObject } from "#lib/flow/json.ts";
import type { Value } from "#lib/flow/value.ts";
import classes from "./card-form.module.css";
import { FieldControl } from "./field-control.tsx";
import { FieldFrame } from "./field-frame.tsx";
import { type ControlProps, controlId, useForm } from "./form-context.ts";
import { MappingPicker } from "./mapping-picker.tsx";

type Entries = { [name: string]: Value };

/** Names and values, as many as the admin likes: headers, query parameters, properties; or mapped as a whole. */
export function EntriesControl({ field, path, value, onChange }: ControlProps) {
  const { readOnly } = useForm();
  const [newName, setNewName] = useState("");
  const entries = entriesOf(value);
  const names = Object.keys(entries);
  const change = (next: Entries, leaf: string[]) =>
    onChange(Object.keys(next).length === 0 ? null : { object: next }, leaf);
  const name = newName.trim();
  const taken = names.includes(name);
  const add = () => {
    if (name === "" || taken) return;
    change({ ...entries, [name]: { value: "" } }, [...path, "add"]);
    setNewName("");
  };
  return (
    <FieldFrame
      field={field}
      path={path}
      value={value}
      group
      aside={<MappingPicker field={field} onPick={(ref) => onChange({ ref }, path)} />}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend instead of the label there is */}
      <div
        className={classes.group}
        role="group"
        id={controlId(path)}
        aria-labelledby={`${controlId(path)}-label`}
      >
        {names.map((each) => (
          <div key={each} className={classes.listRow}>
            <FieldControl
              field={entryField(each)}
              path={[...path, each]}
              value={entries[each]}
              onChange={(next, leaf) => change({ ...entries, [each]: next ?? { value: "" } }, leaf)}
            />
            {readOnly ? null : (
              <ActionIcon
                variant="subtle"
                color="gray"
                mt={26}
                aria-label={`Remove ${each}`}
                onClick={() => {
                  const { [each]: _, ...rest } = entries;
                  change(rest, [...path, "remove"]);
                }}
              >
                <IconTrash size={15} aria-hidden="true" />
              </ActionIcon>
            )}
          </div>
        ))}
        {readOnly ? null : (
          <Group gap={6} wrap="nowrap" align="flex-start">
            <TextInput
              size="xs"
              flex={1}
              aria-label={`Name to add to ${field.label}`}
              placeholder="Name"
              error={taken ? `“${name}” is there already.` : undefined}
              value={newName}
              onChange={(event) => setNewName(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== "Enter") return;
                event.preventDefault();
                add();
              }}
            />
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPlus size={12} aria-hidden="true" />}
              disabled={name === "" || taken}
              onClick={add}
            >
              Add to {field.label}
            </Button>
          </Group>
        )}
      </div>
    </FieldFrame>
  );
}

function entryField(name: string): Field {
  return { type: "text", label: name };
}

function entriesOf(value: Value | undefined): Entries {
  if (!value) return {};
  if ("object" in value) return value.object;
  if (!("value" in value) || !isJsonObject(value.value)) return {};
  return Object.fromEntries(Object.entries(value.value).map(([name, item]) => [name, { value: item }]));
}
