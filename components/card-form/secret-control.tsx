import { PasswordInput } from "@mantine/core";
import { describedBy, FieldFrame } from "./field-frame.tsx";
import { type ControlProps, controlId, useForm, useIssue } from "./form-context.ts";
import { literalText } from "./literal-text.ts";
import { MappingPicker } from "./mapping-picker.tsx";

/** A value nobody should read over the admin's shoulder. */
export function SecretControl({ field, path, value, onChange }: ControlProps) {
  const { readOnly } = useForm();
  const issue = useIssue(path);
  return (
    <FieldFrame
      field={field}
      path={path}
      value={value}
      aside={<MappingPicker field={field} onPick={(ref) => onChange({ ref }, path)} />}
    >
      <PasswordInput
        id={controlId(path)}
        autoComplete="new-password"
        readOnly={readOnly}
        placeholder={field.placeholder}
        error={issue?.severity === "error"}
        aria-describedby={describedBy(path, field, issue !== undefined)}
        value={literalText(value)}
        onChange={(event) => onChange(event.target.value === "" ? null : { value: event.target.value }, path)}
      />
    </FieldFrame>
  );
}
