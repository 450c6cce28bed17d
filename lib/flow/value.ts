import { z } from "zod";
import { type Json, jsonSchema } from "./json.ts";

/**
 * What an input of a card holds in a flow document: a literal, a reference to an output of an earlier card, a text made
 * of literal parts and references, or a list or object of these. References carry card ids and output keys, never
 * titles, so renaming a card or relabelling a field breaks nothing.
 */
export type Value =
  | { value: Json }
  | { ref: Ref }
  | { text: TextPart[] }
  | { list: Value[] }
  | { object: { [key: string]: Value } };

/** `[cardId, outputKey, …]`: the card first, then the way into its outputs. A list is entered by its index as text ("0"). */
export type Ref = [cardId: string, ...path: string[]];
export type TextPart = string | { ref: Ref };

/** Keys that would reach into an object's prototype; refused wherever a document names a key. */
const FORBIDDEN_KEYS = new Set(["__proto__", "constructor", "prototype"]);

/** A key of an object in a document. At most 200 characters: longer ones are pasted mistakes. */
export const keySchema = z
  .string()
  .min(1, "A key may not be empty.")
  .max(200, "A key has at most 200 characters.")
  .refine((key) => !FORBIDDEN_KEYS.has(key), "This key is reserved.");

export const refSchema: z.ZodType<Ref> = z.tuple([keySchema], keySchema);

const textPartSchema = z.union([z.string(), z.strictObject({ ref: refSchema })]);

export const valueSchema: z.ZodType<Value> = z.lazy(() =>
  z.union([
    z.strictObject({ value: jsonSchema }),
    z.strictObject({ ref: refSchema }),
    z.strictObject({ text: z.array(textPartSchema) }),
    z.strictObject({ list: z.array(valueSchema) }),
    z.strictObject({ object: z.record(keySchema, valueSchema) }),
  ]),
);
