import { CloseButton } from "@mantine/core";
import type { ReactNode } from "react";
import type { Field } from "#lib/cards/field.ts";
import type { Value } from "#lib/flow/value.ts";
import classes from "./card-form.module.css";
import { FieldFrame } from "./field-frame.tsx";
import { type ControlProps, controlId, useForm } from "./form-context.ts";

/** Whether a field is emptied on purpose, which is something else than left empty: that is not sent. */
export function isCleared(field: Field, value: Value | undefined): boolean {
  return field.clearable === true && value !== undefined && "value" in value && value.value === null;
}

/** A field that is to be emptied where the card acts. */
export function ClearedControl({ field, path, value, onChange }: ControlProps) {
  const { readOnly } = useForm();
  return (
    <FieldFrame field={field} path={path} value={value} group>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend instead of the label there is */}
      <div
        className={classes.cleared}
        id={controlId(path)}
        role="group"
        aria-labelledby={`${controlId(path)}-label`}
      >
        <span>Will be cleared</span>
        {readOnly ? null : (
          <CloseButton
            size="sm"
            aria-label={`Leave ${field.label} alone`}
            onClick={() => onChange(null, path)}
          />
        )}
      </div>
    </FieldFrame>
  );
}

/** The control of an empty field that may be cleared, with the button that says so. Shown while the field is pointed at. */
export function Clearable({ field, path, onChange, children }: ControlProps & { children: ReactNode }) {
  return (
    <div className={classes.clearable}>
      {children}
      <button
        type="button"
        className={classes.clear}
        aria-label={`Clear ${field.label}`}
        title="Empties the field where the card acts. A field left empty is not sent."
        onClick={() => onChange({ value: null }, path)}
      >
        Clear this field
      </button>
    </div>
  );
}
