import { TextInput } from "@mantine/core";
import classes from "./card-form.module.css";
import { describedBy, FieldFrame } from "./field-frame.tsx";
import { type ControlProps, controlId, useForm, useIssue } from "./form-context.ts";
import { literalText } from "./literal-text.ts";
import { isoOf, localInputOf } from "./local-time.ts";
import { MappingPicker } from "./mapping-picker.tsx";

/** A point in time, chosen in the viewer's zone and kept in UTC. */
export function DatetimeControl({ field, path, value, onChange }: ControlProps) {
  const { readOnly } = useForm();
  const issue = useIssue(path);
  const iso = literalText(value);
  return (
    <FieldFrame
      field={field}
      path={path}
      value={value}
      aside={<MappingPicker field={field} onPick={(ref) => onChange({ ref }, path)} />}
      note={iso === "" ? null : <div className={classes.hint}>{iso}</div>}
    >
      <TextInput
        id={controlId(path)}
        type="datetime-local"
        step={1}
        readOnly={readOnly}
        error={issue?.severity === "error"}
        aria-describedby={describedBy(path, field, issue !== undefined)}
        value={localInputOf(iso)}
        onChange={(event) => {
          const next = isoOf(event.target.value);
          onChange(next === undefined ? null : { value: next }, path);
        }}
      />
    </FieldFrame>
  );
}
