import { SegmentedControl } from "@mantine/core";
import { FieldFrame } from "./field-frame.tsx";
import { type ControlProps, controlId, useForm } from "./form-context.ts";
import { literalText } from "./literal-text.ts";
import { MappingPicker } from "./mapping-picker.tsx";

const CHOICES = [
  { value: "", label: "Not set" },
  { value: "true", label: "True" },
  { value: "false", label: "False" },
];

/** True, false, or neither: a box that is not ticked could not tell "false" from "left alone". */
export function BooleanControl({ field, path, value, onChange }: ControlProps) {
  const { readOnly } = useForm();
  const text = literalText(value);
  return (
    <FieldFrame
      field={field}
      path={path}
      value={value}
      group
      aside={<MappingPicker field={field} onPick={(ref) => onChange({ ref }, path)} />}
    >
      <SegmentedControl
        size="xs"
        id={controlId(path)}
        aria-labelledby={`${controlId(path)}-label`}
        readOnly={readOnly}
        data={CHOICES}
        value={isBooleanText(text) ? text.toLowerCase() : ""}
        onChange={(next) => onChange(next === "" ? null : { value: next === "true" }, path)}
      />
    </FieldFrame>
  );
}

/** Whether a literal, as text, is one of the two. */
export function isBooleanText(text: string): boolean {
  return /^(true|false)$/i.test(text);
}
