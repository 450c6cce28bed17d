import { z } from "zod";
import { aliasSchema } from "../flow/document.ts";
import { jsonObjectSchema, jsonSchema } from "../flow/json.ts";
import { keySchema, valueSchema } from "../flow/value.ts";
import { idParams, instantSchema, okSchema, pageOf, pageQuery } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { EXECUTION_STATUSES } from "./executions.ts";

/** Rows of one run by hand. */
export const MAX_BULK_ROWS = 10_000;

const bulkRowSchema = z.strictObject({
  /** What the row is called in the results; its first cell with something in it where absent. */
  label: z.string().max(300).optional(),
  /** Line of the pasted text, for messages. */
  line: z.int().min(1).optional(),
  cells: z.array(z.string().max(20_000)).max(100),
});

const runByHand = {
  card: z.string().max(200).describe("Id of an action card in the catalogue"),
  connection: aliasSchema.optional(),
  options: z.record(keySchema, jsonSchema).default({}),
  inputs: z
    .record(keySchema, valueSchema)
    .default({})
    .describe("Inputs all rows share, as in a flow document"),
  columns: z
    .array(z.array(keySchema).min(1).max(3).nullable())
    .max(100)
    .default([])
    .describe("For each cell of a row the path of the input it fills in; null where it is not used"),
  rows: z
    .array(bulkRowSchema)
    .min(1, "There are no rows.")
    .max(MAX_BULK_ROWS, "A run by hand has at most 10,000 rows."),
};
export const bulkRequestSchema = z.strictObject(runByHand);
export type BulkRequest = z.output<typeof bulkRequestSchema>;

const invalidRowSchema = z.object({
  /** From 1. */
  position: z.number(),
  line: z.number().nullable(),
  label: z.string(),
  problems: z.array(z.string()),
});

export const bulkSampleSchema = z.object({
  position: z.number(),
  label: z.string(),
  /** Secrets masked. */
  inputs: jsonObjectSchema,
  /** The first call the card would make, where that could be found out. */
  call: z.object({ method: z.string(), path: z.string(), body: z.string().nullable() }).nullable(),
  /** Who it is about, as Okta has them now. */
  person: z.object({ name: z.string(), login: z.string(), status: z.string() }).nullable(),
  changes: z.array(z.object({ label: z.string(), before: z.string(), after: z.string() })),
  /** Why this row will probably fail. */
  warning: z.string().nullable(),
});
export type BulkSample = z.infer<typeof bulkSampleSchema>;

const ROW_STATUSES = ["notStarted", "leftOut", ...EXECUTION_STATUSES, "gone"] as const;
/**
 * "notStarted": its turn comes. "leftOut": it was not started and will not be; `problem` says why. "gone": it ended, and its
 * execution was deleted with other old ones.
 */
export const bulkRowStatusSchema = z.enum(ROW_STATUSES);
export type BulkRowStatus = z.infer<typeof bulkRowStatusSchema>;

export const bulkRunSchema = z.object({
  id: z.uuid(),
  /** "card": an action card by hand. "retry": executions tried again. "replay": past events run again. */
  kind: z.enum(["card", "retry", "replay"]),
  title: z.string(),
  card: z.string().nullable(),
  connection: z.string().nullable(),
  status: z.enum(["running", "finished", "stopped"]),
  total: z.number(),
  createdBy: z.string(),
  createdAt: instantSchema,
  finishedAt: instantSchema.nullable(),
  /** Rows by status; statuses no row has are absent. */
  counts: z.partialRecord(bulkRowStatusSchema, z.number()),
});
export type BulkRun = z.infer<typeof bulkRunSchema>;

export const bulkResultSchema = z.object({
  position: z.number(),
  label: z.string(),
  /** Secrets masked. */
  inputs: jsonObjectSchema,
  status: bulkRowStatusSchema,
  /** Why it was left out, why it waits or what went wrong. */
  problem: z.string().nullable(),
  executionId: z.uuid().nullable(),
  /** What the card put out, secrets masked; null while there is nothing or it is longer than a list should carry. */
  outputs: jsonObjectSchema.nullable(),
  /** What a plan found the flow would send, in order; null where the row is no plan that got to its end. */
  planned: z
    .array(
      z.object({ title: z.string(), method: z.string(), path: z.string(), changes: z.array(z.string()) }),
    )
    .nullable(),
});
export type BulkResult = z.infer<typeof bulkResultSchema>;

const tag = "Run by hand";

export const previewBulk = endpoint({
  method: "POST",
  path: "/api/bulk/preview",
  summary: "What running a card by hand would do: nothing is changed",
  tag,
  permission: "executions.run",
  body: bulkRequestSchema,
  answer: z.object({
    total: z.number(),
    /** Rows that can be started. */
    ready: z.number(),
    effect: z.enum(["none", "read", "write"]),
    /** Rows that can't be started, the first 200. */
    invalid: z.array(invalidRowSchema),
    invalidCount: z.number(),
    /** The first rows in detail. */
    sample: z.array(bulkSampleSchema),
  }),
});

/** The same id again starts nothing and answers the run there is: a double click makes one run. */
export const startBulk = endpoint({
  method: "POST",
  path: "/api/bulk",
  summary: "Run an action card by hand, once or over many rows",
  tag,
  permission: "executions.run",
  body: z.strictObject({
    ...runByHand,
    id: z.uuid().describe("Chosen by the caller; given again, it starts nothing more"),
    leaveOutInvalid: z.boolean().default(false).describe("Start the others when some rows can't be started"),
    confirmWrites: z
      .int()
      .optional()
      .describe("Needed by cards that change something: how many rows are to be started"),
  }),
  answer: z.object({ id: z.uuid() }),
});

export const listBulkRuns = endpoint({
  method: "GET",
  path: "/api/bulk",
  summary: "Past runs by hand, newest first",
  tag,
  permission: "executions.read",
  query: z.object({ ...pageQuery, limit: z.coerce.number().int().min(1).max(50).default(20) }),
  answer: pageOf(bulkRunSchema),
});

export const getBulkRun = endpoint({
  method: "GET",
  path: "/api/bulk/{id}",
  summary: "One run by hand, with its rows counted by status",
  tag,
  permission: "executions.read",
  params: idParams,
  answer: bulkRunSchema,
});

export const listBulkRows = endpoint({
  method: "GET",
  path: "/api/bulk/{id}/rows",
  summary: "The rows of a run by hand and what became of each",
  tag,
  permission: "executions.read",
  params: idParams,
  query: z.object({
    offset: z.coerce.number().int().min(0).default(0).describe("Rows to pass over"),
    limit: z.coerce.number().int().min(1).max(500).default(100),
    status: z.string().max(200).optional().describe("Statuses, separated by commas"),
  }),
  answer: z.object({
    items: z.array(bulkResultSchema),
    next: z.number().optional().describe("Offset of the next page"),
  }),
});

export const stopBulk = endpoint({
  method: "POST",
  path: "/api/bulk/{id}/stop",
  summary: "Start no more rows and cancel those under way",
  tag,
  permission: "executions.run",
  params: idParams,
  answer: okSchema,
});

export const findBulkPeople = endpoint({
  method: "POST",
  path: "/api/bulk/people",
  summary: "All users of an org that match a search, to run a card over them",
  tag,
  permission: "executions.run",
  body: z.strictObject({
    connection: aliasSchema,
    text: z.string().max(200).optional().describe("Beginning of first name, last name, login or email"),
    search: z.string().max(2000).optional().describe("Okta search expression"),
    after: z
      .string()
      .max(2000)
      .optional()
      .describe("`next` of an answer to the same search, to go on from there"),
  }),
  answer: z.object({
    people: z.array(z.object({ id: z.string(), name: z.string(), login: z.string(), status: z.string() })),
    next: z
      .string()
      .nullable()
      .describe("Where the search goes on; null where these are the last that match"),
  }),
});
