import classes from "./card-form.module.css";
import { ConversionNote } from "./conversion-note.tsx";
import { FieldFrame } from "./field-frame.tsx";
import { type ControlProps, controlId, useForm } from "./form-context.ts";
import { MappingPicker } from "./mapping-picker.tsx";
import { RefToken } from "./ref-token.tsx";

/** A list or an object taken whole from an earlier card. */
export function MappedControl({ field, path, value, onChange }: ControlProps) {
  const { nameOf, readOnly } = useForm();
  if (!value || !("ref" in value)) return null;
  return (
    <FieldFrame
      field={field}
      path={path}
      value={value}
      group
      note={<ConversionNote field={field} value={value} />}
      aside={<MappingPicker field={field} onPick={(ref) => onChange({ ref }, path)} />}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend instead of the label there is */}
      <div
        className={classes.mapped}
        id={controlId(path)}
        role="group"
        aria-labelledby={`${controlId(path)}-label`}
      >
        <RefToken name={nameOf(value.ref)} onRemove={readOnly ? undefined : () => onChange(null, path)} />
      </div>
    </FieldFrame>
  );
}
