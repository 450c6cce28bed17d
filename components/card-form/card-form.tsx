import { Fragment } from "react";
import type { Fields } from "#lib/cards/field.ts";
import type { Value } from "#lib/flow/value.ts";
import classes from "./card-form.module.css";
import { FieldControl } from "./field-control.tsx";
import { headings } from "./field-headings.ts";
import { type FormContext, FormProvider } from "./form-context.ts";

/** The inputs of a card as a form. */
export function CardForm(props: {
  fields: Fields;
  values: { [key: string]: Value } | undefined;
  /** One input changed (null: emptied). `leaf` is the path of what was edited inside it. */
  onChange: (key: string, value: Value | null, leaf: string[]) => void;
  context: Omit<FormContext, "values">;
}) {
  const { fields, values = {}, onChange, context } = props;
  const shared = { ...context, values: props.values };
  const heading = headings(fields);
  return (
    <FormProvider value={shared}>
      <div className={classes.form}>
        {Object.entries(fields).map(([key, field]) => (
          <Fragment key={key}>
            {heading.has(key) ? <h4 className={classes.heading}>{heading.get(key)}</h4> : null}
            <FieldControl
              field={field}
              path={[key]}
              value={Object.hasOwn(values, key) ? values[key] : undefined}
              onChange={(value, leaf) => onChange(key, value, leaf)}
            />
          </Fragment>
        ))}
      </div>
    </FormProvider>
  );
}
