import { z } from "zod";
import type { Json } from "../flow/json.ts";
import { keySchema } from "../flow/value.ts";
import type { Fields, FieldType } from "./field.ts";

/** Option of a node that holds the fields its user declared. */
export const OWN_FIELDS_OPTION = "fields";

const ownFieldSchema = z.strictObject({
  key: keySchema.regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/),
  label: z.string().min(1).max(200),
  type: z.enum(["text", "number", "boolean", "datetime", "object", "any"]),
  list: z.boolean().optional(),
});

export type OwnField = z.infer<typeof ownFieldSchema>;
export const ownFieldsSchema = z.array(ownFieldSchema).max(100);

/** The fields a user declared on a card; an unreadable option counts as none (validate reports it). */
export function readOwnFields(options: Record<string, Json> | undefined): OwnField[] {
  const parsed = ownFieldsSchema.safeParse(options?.[OWN_FIELDS_OPTION] ?? []);
  return parsed.success ? parsed.data : [];
}

/** Own fields in the shape of all others. */
export function ownFieldsAsFields(own: readonly OwnField[]): Fields {
  return Object.fromEntries(
    own.map(({ key, label, type, list }) => [key, { type: type satisfies FieldType, label, list }]),
  );
}
