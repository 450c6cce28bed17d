import type { Field, FieldCondition, TypedField, TypedFields } from "../../cards/field.ts";

/** The same field, required. */
export function required<T>(field: TypedField<T>): TypedField<T, true> {
  const plain: Field = field;
  return { ...plain, required: true };
}

/** The same field under another name. */
export function labelled<T, R extends boolean>(field: TypedField<T, R>, label: string): TypedField<T, R> {
  return { ...field, label };
}

/** The same fields, there only while an option has one of the named values. */
export function onlyWhen<F extends TypedFields>(condition: FieldCondition, fields: F): F {
  return each(fields, (field) => ({ ...field, when: condition }));
}

/** The same fields under one heading. One that has a heading already keeps it. */
export function inGroup<F extends TypedFields>(group: string, fields: F): F {
  return each(fields, (field) => ({ group, ...field }));
}

function each<F extends TypedFields>(fields: F, change: (field: Field) => Field): F {
  const changed = Object.entries(fields).map(([key, field]) => [key, change(field)]);
  // Same keys, same types; only what is shown of them was changed.
  return Object.fromEntries(changed) as F;
}
