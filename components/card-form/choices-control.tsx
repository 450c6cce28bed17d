import { Select } from "@mantine/core";
import { describedBy, FieldFrame } from "./field-frame.tsx";
import { type ControlProps, controlId, useForm, useIssue } from "./form-context.ts";
import { literalText } from "./literal-text.ts";
import { MappingPicker } from "./mapping-picker.tsx";

const SEARCH_FROM = 8;

/** One of the choices the card names. */
export function ChoicesControl({ field, path, value, onChange }: ControlProps) {
  const { readOnly } = useForm();
  const issue = useIssue(path);
  const choices = field.choices ?? [];
  const text = literalText(value);
  // A value that is no choice any more stays visible, or it could not be seen why the flow is not valid.
  const known = text === "" || choices.some((choice) => choice.value === text);
  return (
    <FieldFrame
      field={field}
      path={path}
      value={value}
      aside={<MappingPicker field={field} onPick={(ref) => onChange({ ref }, path)} />}
    >
      <Select
        id={controlId(path)}
        aria-label={field.label}
        data={known ? choices : [...choices, { value: text, label: text }]}
        searchable={choices.length >= SEARCH_FROM}
        clearable
        readOnly={readOnly}
        placeholder={field.placeholder ?? "Choose…"}
        error={issue?.severity === "error"}
        aria-describedby={describedBy(path, field, issue !== undefined)}
        value={text === "" ? null : text}
        onChange={(next) => onChange(next === null ? null : { value: next }, path)}
      />
    </FieldFrame>
  );
}
