import { Textarea } from "@mantine/core";
import { useEffect, useState } from "react";
import type { Json } from "#lib/flow/json.ts";
import type { Value } from "#lib/flow/value.ts";
import { describedBy, FieldFrame } from "./field-frame.tsx";
import { type ControlProps, controlId, useForm, useIssue } from "./form-context.ts";
import { MappingPicker } from "./mapping-picker.tsx";

/** An object nobody declared the fields of, as JSON. Kept as text while it can't be read as JSON yet. */
export function JsonControl({ field, path, value, onChange }: ControlProps) {
  const { readOnly } = useForm();
  const issue = useIssue(path);
  const stored = textOf(value);
  const [text, setText] = useState(stored);
  useEffect(() => {
    // Changed from outside (undo), not by what was just typed here.
    setText((typed) => (textOf(parsed(typed) ?? undefined) === stored ? typed : stored));
  }, [stored]);
  return (
    <FieldFrame
      field={field}
      path={path}
      value={value}
      aside={<MappingPicker field={field} onPick={(ref) => onChange({ ref }, path)} />}
    >
      <Textarea
        id={controlId(path)}
        autosize
        minRows={3}
        maxRows={14}
        spellCheck={false}
        readOnly={readOnly}
        placeholder={field.placeholder ?? (field.list ? "[ ]" : '{ "name": "value" }')}
        error={issue?.severity === "error"}
        aria-describedby={describedBy(path, field, issue !== undefined)}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 12 } }}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          onChange(parsed(event.target.value), path);
        }}
      />
    </FieldFrame>
  );
}

function parsed(text: string): Value | null {
  if (text.trim() === "") return null;
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    return { value: text };
  }
}

function textOf(value: Value | undefined): string {
  if (!value) return "";
  const json = plain(value);
  return typeof json === "string" ? json : JSON.stringify(json, null, 2);
}

/** Values of objects and lists written by operations read as JSON too; references in them keep their place. */
function plain(value: Value): Json {
  if ("value" in value) return value.value;
  if ("list" in value) return value.list.map(plain);
  if ("object" in value) {
    return Object.fromEntries(Object.entries(value.object).map(([key, item]) => [key, plain(item)]));
  }
  return "ref" in value
    ? `{{${value.ref.join(".")}}}`
    : value.text.map((part) => (typeof part === "string" ? part : `{{${part.ref.join(".")}}}`)).join("");
}
