import { TextInput } from "@mantine/core";
import { valueFromTemplate } from "#lib/flow/text-template.ts";
import type { Value } from "#lib/flow/value.ts";
import { describedBy, FieldFrame } from "./field-frame.tsx";
import { type ControlProps, controlId, useForm, useIssue } from "./form-context.ts";
import { literalText } from "./literal-text.ts";
import { MappingPicker } from "./mapping-picker.tsx";

/** A number. What is no number yet ("-", "1e") stays as typed, and validation says so. */
export function NumberControl({ field, path, value, onChange }: ControlProps) {
  const { readOnly } = useForm();
  const issue = useIssue(path);
  return (
    <FieldFrame
      field={field}
      path={path}
      value={value}
      aside={<MappingPicker field={field} onPick={(ref) => onChange({ ref }, path)} />}
    >
      <TextInput
        id={controlId(path)}
        inputMode="decimal"
        readOnly={readOnly}
        placeholder={field.placeholder}
        error={issue?.severity === "error"}
        aria-describedby={describedBy(path, field, issue !== undefined)}
        value={literalText(value)}
        onChange={(event) => onChange(typedNumber(event.target.value.trim()), path)}
      />
    </FieldFrame>
  );
}

function typedNumber(text: string): Value | null {
  const template = valueFromTemplate(text);
  if (!template || !("value" in template)) return template;
  const number = Number(text);
  // "1." and "1.50" would lose what was typed if they were kept as numbers.
  return { value: Number.isFinite(number) && String(number) === text ? number : text };
}
