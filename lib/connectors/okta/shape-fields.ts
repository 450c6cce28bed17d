import type { Field, FieldCondition, TypedField, TypedFields } from "../../cards/field.ts";

/** The same field, required. */
export function required<T>(field: TypedField<T>): TypedField<T, true> {
  const plain: Field = field;
  return { ...plain, required: true };
}

/** The same fields, there only while an option has one of the named values. */
export function onlyWhen<F extends TypedFields>(condition: FieldCondition, fields: F): F {
  const conditional = Object.entries(fields).map(([key, field]) => [key, { ...field, when: condition }]);
  // Same keys, same types; only `when` was added.
  return Object.fromEntries(conditional) as F;
}
