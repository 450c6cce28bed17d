import { ConversionNote } from "./conversion-note.tsx";
import { describedBy, FieldFrame } from "./field-frame.tsx";
import { type ControlProps, useIssue } from "./form-context.ts";
import { TemplateInput } from "./template-input.tsx";

/** Text, typed or put together from fields of earlier cards. */
export function TextControl({ field, path, value, onChange }: ControlProps) {
  const issue = useIssue(path);
  return (
    <FieldFrame field={field} path={path} value={value} note={<ConversionNote field={field} value={value} />}>
      <TemplateInput
        field={field}
        path={path}
        value={value}
        onChange={(next, step) => onChange(next, step ? [...path, "fields"] : path)}
        invalid={issue?.severity === "error"}
        describedBy={describedBy(path, field, issue !== undefined)}
      />
    </FieldFrame>
  );
}
