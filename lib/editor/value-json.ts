import type { Field } from "../cards/field.ts";
import { isJsonObject, type Json } from "../flow/json.ts";
import type { Value } from "../flow/value.ts";

/**
 * JSON as a value a form can edit: objects and lists with declared children become values of their own, so that each
 * field of them has its control; everything else stays a literal.
 */
export function valueFromJson(json: Json, field: Field): Value {
  if (field.list && Array.isArray(json)) {
    return { list: json.map((item) => valueFromJson(item, { ...field, list: false })) };
  }
  const children = field.fields;
  if (!field.list && children && isJsonObject(json)) {
    return {
      object: Object.fromEntries(
        Object.entries(json).map(([key, item]) => {
          const child = Object.hasOwn(children, key) ? children[key] : undefined;
          return [key, child ? valueFromJson(item, child) : { value: item }];
        }),
      ),
    };
  }
  return { value: json };
}
