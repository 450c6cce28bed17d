import { ActionIcon, Button, Group } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { Field } from "#lib/cards/field.ts";
import { valueFromJson } from "#lib/editor/value-json.ts";
import type { Value } from "#lib/flow/value.ts";
import classes from "./card-form.module.css";
import { FieldControl } from "./field-control.tsx";
import { FieldFrame } from "./field-frame.tsx";
import { type ControlProps, controlId, useForm } from "./form-context.ts";
import { MappingPicker } from "./mapping-picker.tsx";

/** A list, one row per item; or mapped as a whole. */
export function ListControl({ field, path, value, onChange }: ControlProps) {
  const { readOnly } = useForm();
  const items = itemsOf(value, field);
  const change = (next: Value[], leaf: string[]) => onChange(next.length === 0 ? null : { list: next }, leaf);
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
        {items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: items have no identity but their place
          <div key={index} className={classes.listRow}>
            <FieldControl
              field={{
                ...field,
                list: false,
                required: false,
                help: undefined,
                emptyMeans: undefined,
                label: `${field.label} ${index + 1}`,
              }}
              path={[...path, String(index)]}
              value={item}
              onChange={(next, leaf) =>
                change(
                  // An emptied row stays, to be typed into again; rows leave by their own button.
                  items.map((each, at) => (at === index ? (next ?? { value: "" }) : each)),
                  leaf,
                )
              }
            />
            {readOnly ? null : (
              <ActionIcon
                variant="subtle"
                color="gray"
                mt={26}
                aria-label={`Remove ${field.label} ${index + 1}`}
                onClick={() =>
                  change(
                    items.filter((_, at) => at !== index),
                    [...path, "remove"],
                  )
                }
              >
                <IconTrash size={15} aria-hidden="true" />
              </ActionIcon>
            )}
          </div>
        ))}
        {readOnly ? null : (
          <Group>
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<IconPlus size={12} aria-hidden="true" />}
              onClick={() => change([...items, { value: "" }], [...path, "add"])}
            >
              Add item to {field.label}
            </Button>
          </Group>
        )}
      </div>
    </FieldFrame>
  );
}

function itemsOf(value: Value | undefined, field: Field): Value[] {
  if (!value) return [];
  if ("list" in value) return value.list;
  if (!("value" in value)) return [value];
  const json = value.value;
  if (json === null || json === "") return [];
  return (Array.isArray(json) ? json : [json]).map((item) => valueFromJson(item, { ...field, list: false }));
}
