import { z } from "zod";
import type { CardDescription } from "../cards/card.ts";
import type { Field } from "../cards/field.ts";
import { jsonObjectSchema, jsonSchema } from "../flow/json.ts";
import { endpoint } from "./endpoint.ts";

const choiceSchema = z.object({ value: z.string(), label: z.string() });
const conditionSchema = z.object({ option: z.string(), is: z.array(z.string()) });

export const fieldSchema: z.ZodType<Field> = z.object({
  type: z.enum(["text", "number", "boolean", "datetime", "object", "file", "any"]),
  list: z.boolean().optional(),
  label: z.string(),
  group: z.string().optional(),
  help: z.string().optional(),
  required: z.boolean().optional(),
  secret: z.boolean().optional(),
  secretKeys: z.boolean().optional(),
  clearable: z.boolean().optional(),
  choices: z.array(choiceSchema).optional(),
  picker: z.string().optional(),
  pickerBy: z.string().optional(),
  multiline: z.boolean().optional(),
  warnEmpty: z.string().optional(),
  emptyMeans: z.string().optional(),
  placeholder: z.string().optional(),
  format: z.object({ kind: z.literal("relative-path"), roots: z.array(z.string()) }).optional(),
  entries: z.boolean().optional(),
  get fields() {
    return z.record(z.string(), fieldSchema).optional();
  },
  grows: z.string().optional(),
  growsBy: z.string().optional(),
  when: conditionSchema.optional(),
});
export const fieldsSchema = z.record(z.string(), fieldSchema);

/** A card as the browser knows it: `CardDescription`, field by field. */
export const cardDescriptionSchema: z.ZodType<CardDescription> = z.object({
  id: z.string(),
  version: z.number(),
  kind: z.enum(["event", "action", "function", "control", "note"]),
  title: z.string(),
  summary: z.string(),
  help: z.string().optional(),
  docs: z.string().optional(),
  connector: z.string(),
  category: z.string(),
  keywords: z.array(z.string()),
  needsConnection: z.boolean(),
  scopes: z.array(z.string()),
  endpoint: z.string().optional(),
  effect: z.enum(["none", "read", "write"]),
  repeat: z.enum(["safe", "check", "ask"]).optional(),
  effectByOption: z
    .object({
      option: z.string(),
      is: z.record(
        z.string(),
        z.object({
          effect: z.enum(["none", "read", "write"]),
          repeat: z.enum(["safe", "check", "ask"]).optional(),
        }),
      ),
    })
    .optional(),
  options: z.record(
    z.string(),
    z.object({
      label: z.string(),
      help: z.string().optional(),
      choices: z.array(choiceSchema).optional(),
      typed: z.object({ pattern: z.string(), means: z.string(), hint: z.string() }).optional(),
      picker: z.string().optional(),
      default: z.string(),
    }),
  ),
  inputs: fieldsSchema,
  outputs: fieldsSchema,
  ownFields: z.object({ into: z.enum(["inputs", "both"]), label: z.string() }).optional(),
  exits: z.array(z.object({ id: z.string(), label: z.string() })),
  sample: z.object({ inputs: jsonObjectSchema, outputs: jsonObjectSchema }),
  eventTypes: z.array(z.string()).optional(),
  lookUps: z.array(z.object({ call: z.string(), when: z.string() })).optional(),
  hidden: z.boolean().optional(),
});

export const listCards = endpoint({
  method: "GET",
  path: "/api/catalog",
  summary: "All cards there are",
  tag: "Catalogue",
  permission: "flows.read",
  answer: z.object({ cards: z.array(cardDescriptionSchema) }),
});

export const getCard = endpoint({
  method: "GET",
  path: "/api/catalog/{cardId}",
  summary: "One card",
  tag: "Catalogue",
  permission: "flows.read",
  params: z.object({ cardId: z.string() }),
  answer: cardDescriptionSchema,
});

export const exchangeSchema = z.object({
  method: z.string(),
  path: z.string(),
  requestBody: z.string().optional(),
  status: z.number().optional(),
  responseBody: z.string().optional(),
  requestId: z.string().optional(),
  durationMs: z.number(),
  at: z.string(),
  held: z
    .object({
      changes: z.array(
        z.object({ field: z.array(z.string()), before: jsonSchema.optional(), after: jsonSchema.optional() }),
      ),
    })
    .optional()
    .describe("In a plan: the call was not sent; what it would change, where the resource could be read"),
  leaving: z
    .literal(true)
    .optional()
    .describe("Recorded before it left, by an attempt whose worker died: whether it left is not known"),
  omitted: z.number().optional().describe("How many calls before this one are not kept"),
});

export const stepErrorSchema = z.object({
  kind: z.enum(["input", "refused", "forbidden", "unauthorized", "rateLimited", "unavailable", "bug"]),
  code: z.string(),
  message: z.string(),
  hint: z.string().optional(),
  status: z.number().optional(),
  retryAt: z.string().optional().describe("When it is tried again"),
  waits: z
    .number()
    .optional()
    .describe("How often in a row it was sent away before anything was sent; `startedAt` is since when"),
  field: z.array(z.string()).optional(),
  data: jsonObjectSchema.optional(),
});

/** Runs one card alone. A card that writes does so only with `confirmWrite: true`. */
export const testCard = endpoint({
  method: "POST",
  path: "/api/cards/{cardId}/test",
  summary: "Run one card alone with sample input",
  tag: "Catalogue",
  permission: "executions.run",
  params: z.object({ cardId: z.string() }),
  body: z.strictObject({
    connection: z
      .string()
      .optional()
      .describe("Alias of the connection; needed by cards that act through one"),
    options: z.record(z.string(), jsonSchema).default({}),
    inputs: jsonObjectSchema.default({}),
    event: jsonObjectSchema
      .optional()
      .describe("Event cards: the event to read; a generated one where it is absent"),
    confirmWrite: z.boolean().default(false),
  }),
  answer: z.object({
    status: z.enum(["succeeded", "failed"]),
    outputs: jsonObjectSchema.optional(),
    exit: z.string().optional(),
    error: stepErrorSchema.optional(),
    exchanges: z.array(exchangeSchema),
    durationMs: z.number(),
  }),
});
