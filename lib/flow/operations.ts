import { z } from "zod";
import {
  aliasSchema,
  cardNodeSchema,
  descriptionSchema,
  edgeSchema,
  idSchema,
  nameSchema,
  onErrorSchema,
  positionSchema,
  titleSchema,
} from "./document.ts";
import { jsonSchema } from "./json.ts";
import { flowSettingsSchema } from "./settings.ts";
import { keySchema, valueSchema } from "./value.ts";

const simpleOperationSchema = z.discriminatedUnion("op", [
  z.strictObject({ op: z.literal("rename"), name: nameSchema }),
  z.strictObject({ op: z.literal("describe"), description: descriptionSchema }),
  /** Replaces the settings of the flow as a whole. */
  z.strictObject({ op: z.literal("setSettings"), settings: flowSettingsSchema }),
  z.strictObject({ op: z.literal("addCard"), id: idSchema, node: cardNodeSchema, at: positionSchema }),
  /** Removes cards with their edges, their layout and every reference to them (those inputs become empty). */
  z.strictObject({ op: z.literal("removeCards"), ids: z.array(z.string()) }),
  z.strictObject({ op: z.literal("setTitle"), id: z.string(), title: titleSchema.nullable() }),
  z.strictObject({ op: z.literal("setConnection"), id: z.string(), connection: aliasSchema.nullable() }),
  z.strictObject({ op: z.literal("setOption"), id: z.string(), option: keySchema, value: jsonSchema }),
  /** Sets or, with null, empties the input at `path` (`["profile", "firstName"]`). Emptied parents disappear. */
  z.strictObject({
    op: z.literal("setInput"),
    id: z.string(),
    path: z.array(keySchema).min(1),
    value: valueSchema.nullable(),
  }),
  z.strictObject({ op: z.literal("setOnError"), id: z.string(), onError: onErrorSchema.nullable() }),
  z.strictObject({ op: z.literal("connect"), edge: edgeSchema }),
  z.strictObject({ op: z.literal("disconnect"), edge: edgeSchema }),
  z.strictObject({ op: z.literal("move"), positions: z.record(z.string(), positionSchema) }),
]);

/**
 * Every edit of a flow document, as data. The browser store, the API, the importer and the tests all change documents
 * through `apply(document, operation)`; there is no other way.
 */
export const operationSchema = z.discriminatedUnion("op", [
  ...simpleOperationSchema.options,
  /** Several operations as one step of undo. */
  z.strictObject({ op: z.literal("batch"), operations: z.array(simpleOperationSchema) }),
]);

export type SimpleOperation = z.infer<typeof simpleOperationSchema>;
export type Operation = z.infer<typeof operationSchema>;
