import { Button, CloseButton, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { Fragment, useState } from "react";
import { valueFromJson } from "#lib/editor/value-json.ts";
import type { Value } from "#lib/flow/value.ts";
import classes from "./card-form.module.css";
import { FieldControl } from "./field-control.tsx";
import { FieldFrame } from "./field-frame.tsx";
import { headings } from "./field-headings.ts";
import { type ControlProps, controlId, useForm } from "./form-context.ts";
import { MappingPicker } from "./mapping-picker.tsx";

/** So many fields that are neither filled nor required are shown at first. */
const FIRST = 6;
/** Of more fields, nobody looks one up by reading: they can be searched. */
const SEARCHED_FROM = 16;

/** An object with declared fields: each has its control; or mapped as a whole. */
export function ObjectControl({ field, path, value, onChange }: ControlProps) {
  const [all, setAll] = useState(false);
  const [search, setSearch] = useState("");
  const { readOnly } = useForm();
  const fields = field.fields ?? {};
  const values = childrenOf(value, field);
  const keys = Object.keys(fields);
  let others = 0;
  const searched = search.trim().toLowerCase();
  const shown = keys.filter((key) => {
    if (searched !== "") return `${fields[key]?.label} ${key}`.toLowerCase().includes(searched);
    if (all || Object.hasOwn(values, key) || fields[key]?.required) return true;
    others += 1;
    return others <= FIRST;
  });
  const heading = headings(fields, shown);
  const unknown = Object.keys(values).filter((key) => !Object.hasOwn(fields, key));
  const set = (key: string, next: Value | null, leaf: string[]) => {
    const { [key]: _, ...rest } = values;
    const object = next ? { ...values, [key]: next } : rest;
    onChange(Object.keys(object).length === 0 ? null : { object }, leaf);
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
        {keys.length >= SEARCHED_FROM ? (
          <TextInput
            size="xs"
            type="search"
            aria-label={`Find a field of ${field.label}`}
            placeholder={`Find one of ${keys.length} fields`}
            leftSection={<IconSearch size={14} aria-hidden="true" />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        ) : null}
        {searched !== "" && shown.length === 0 ? (
          <div className={classes.hint} role="status">
            No field of {field.label} is called that.
          </div>
        ) : null}
        {shown.map((key) => {
          const child = fields[key];
          return child ? (
            <Fragment key={key}>
              {heading.has(key) ? <h4 className={classes.heading}>{heading.get(key)}</h4> : null}
              <FieldControl
                field={child}
                path={[...path, key]}
                value={Object.hasOwn(values, key) ? values[key] : undefined}
                onChange={(next, leaf) => set(key, next, leaf)}
              />
            </Fragment>
          ) : null;
        })}
        {unknown.map((key) => (
          <div key={key} className={classes.unknown}>
            <span>“{key}” is filled in, but this connection has no such field.</span>
            {readOnly ? null : (
              <CloseButton
                size="sm"
                aria-label={`Clear ${key}`}
                onClick={() => set(key, null, [...path, key])}
              />
            )}
          </div>
        ))}
        {searched === "" && (shown.length < keys.length || all) ? (
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setAll(!all)}>
            {all ? "Show fewer fields" : `Show ${keys.length - shown.length} more fields of ${field.label}`}
          </Button>
        ) : null}
      </div>
    </FieldFrame>
  );
}

function childrenOf(value: Value | undefined, field: ControlProps["field"]): { [key: string]: Value } {
  if (!value) return {};
  if ("object" in value) return value.object;
  const editable = "value" in value ? valueFromJson(value.value, field) : value;
  return "object" in editable ? editable.object : {};
}
