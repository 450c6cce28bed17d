import { z } from "zod";
import { SEVERITIES } from "../cards/severity.ts";
import { EXECUTION_STATUSES, STEP_STATUSES } from "../engine/execution.ts";
import { flowDocumentSchema } from "../flow/document.ts";
import { jsonObjectSchema } from "../flow/json.ts";
import { exchangeSchema, stepErrorSchema } from "./catalog.ts";
import { idParams, instantSchema, okSchema, pageOf, pageQuery } from "./common.ts";
import { endpoint } from "./endpoint.ts";

export { SEVERITIES, type Severity } from "../cards/severity.ts";
export {
  EXECUTION_STATUSES,
  type Exchange,
  type ExecutionStatus,
  FINDING_OUT,
  STEP_STATUSES,
  type StepError,
  type StepStatus,
  WRITE_LIMIT,
} from "../engine/execution.ts";

/**
 * "manual": somebody ran one card by hand. "plan": real reads, nothing is written. "replay": somebody had a flow run again
 * for an event that arrived before.
 */
export const EXECUTION_MODES = ["live", "test", "manual", "plan", "replay"] as const;
export type ExecutionMode = (typeof EXECUTION_MODES)[number];

export const executionSummarySchema = z.object({
  id: z.uuid(),
  flow: z.object({ id: z.uuid(), name: z.string() }),
  version: z.number().nullable(),
  mode: z.enum(EXECUTION_MODES),
  status: z.enum(EXECUTION_STATUSES),
  /** False where a condition of the event card was not met: no further card ran, and `reason` says which. */
  ran: z.boolean(),
  /** Of the flow's event card when the event arrived. */
  severity: z.enum(SEVERITIES).nullable(),
  reason: z.string().nullable(),
  /** Who or what the event was about. */
  subject: z.string(),
  eventType: z.string().nullable(),
  /** The run by hand it is a row of. */
  bulkId: z.uuid().nullable(),
  waitingUntil: instantSchema.nullable(),
  error: z.object({ message: z.string(), code: z.string(), path: z.string() }).nullable(),
  createdAt: instantSchema,
  startedAt: instantSchema.nullable(),
  finishedAt: instantSchema.nullable(),
});
export type ExecutionSummary = z.infer<typeof executionSummarySchema>;

export const stepSchema = z.object({
  path: z.string(),
  attempt: z.number(),
  status: z.enum(STEP_STATUSES),
  exit: z.string().optional(),
  inputs: jsonObjectSchema.optional(),
  outputs: jsonObjectSchema.optional(),
  error: stepErrorSchema.optional(),
  exchanges: z.array(exchangeSchema).optional(),
  because: z.string().optional(),
  settled: z.string().optional(),
  settledBy: z.string().optional().describe("Who said what had become of it, and gave the outputs there are"),
  startedAt: instantSchema,
  finishedAt: instantSchema.optional(),
  leftOut: z
    .object({ inputs: z.number(), outputs: z.number(), exchanges: z.number() })
    .partial()
    .optional()
    .describe(
      "Bytes of what is not here: where an execution has more than 32 MB, its largest values are left out",
    ),
});
export type StepView = z.infer<typeof stepSchema>;

export const executionSchema = executionSummarySchema.extend({
  /** The flow as it was. */
  document: flowDocumentSchema,
  trigger: jsonObjectSchema,
  result: jsonObjectSchema.nullable(),
  error: stepErrorSchema.extend({ path: z.string() }).nullable(),
  /** How its event came; null where no stored event started it. */
  arrival: z
    .object({
      published: instantSchema,
      receivedAt: instantSchema,
      recovered: z.boolean().describe("The hook missed it; the System Log brought it"),
      /** The later-published event about the same person or thing that was there already, where it came late. */
      lateAfter: z.object({ eventType: z.string(), published: instantSchema }).nullable(),
    })
    .nullable(),
  retryOf: z.uuid().nullable(),
  retries: z.array(z.uuid()),
  /** The execution whose failed card called this flow. */
  calledBy: z.object({ id: z.uuid(), flowName: z.string() }).nullable(),
  /** Executions of flows called because a card of this one failed, oldest first. */
  calls: z.array(z.object({ id: z.uuid(), flowName: z.string() })),
  /** Name of the flow that was to be called for the failure, where it could not be. */
  notCalled: z
    .object({
      flowName: z.string().nullable().describe("null where nothing of it is left"),
      why: z.enum(["deleted", "off", "start", "circle", "since"]),
    })
    .nullable(),
  cancelRequested: z.boolean(),
  /**
   * Why inputs and outputs are gone: the flow keeps none; or its event is too ("erased"): a person's data was erased, or
   * the flow keeps none and a day has passed. Absent where they are kept.
   */
  blanked: z.enum(["not-kept", "erased"]).optional(),
  /** True when the flow has a newer version than the one that ran. */
  newerVersion: z.number().nullable(),
  steps: z.array(stepSchema),
});
export type ExecutionView = z.infer<typeof executionSchema>;

const tag = "Executions";

const filterShape = {
  flowId: z.uuid().optional(),
  status: z.string().max(200).optional().describe("Statuses, separated by commas"),
  mode: z.enum(EXECUTION_MODES).optional(),
  ran: z
    .enum(["true", "false"])
    .optional()
    .describe("false: only those that did not run, because a condition of the event card was not met"),
  severity: z.string().max(100).optional().describe("critical, major and minor, separated by commas"),
  since: instantSchema.optional(),
  until: instantSchema.optional(),
  text: z
    .string()
    .max(200)
    .optional()
    .describe(
      "Searched in the event's names and logins, in error messages and in why a flow did not run. Without three letters or digits in a row: among the newest 10,000 that fit the rest",
    ),
};
/** What a searched text must have to be looked for among all executions: the index of words knows parts of three. */
export const INDEXED_WORD = /[\p{L}\p{N}]{3}/u;

export const executionFilterSchema = z.strictObject(filterShape);
export type ExecutionFilter = z.infer<typeof executionFilterSchema>;

export const listExecutions = endpoint({
  method: "GET",
  path: "/api/executions",
  summary: "Executions of all flows, newest first",
  tag,
  permission: "executions.read",
  query: z.object({ ...pageQuery, ...filterShape }),
  answer: pageOf(executionSummarySchema),
});

export const getExecution = endpoint({
  method: "GET",
  path: "/api/executions/{id}",
  summary: "One execution, card by card",
  tag,
  permission: "executions.read",
  params: idParams,
  answer: executionSchema,
});

/** From the failed card: the same execution goes on, finished cards are kept. From the start: a new execution. */
export const retryExecution = endpoint({
  method: "POST",
  path: "/api/executions/{id}/retry",
  summary: "Try an execution again",
  tag,
  permission: "executions.run",
  params: idParams,
  body: z.strictObject({
    from: z.enum(["failed", "start"]).default("failed"),
    tookEffect: z
      .boolean()
      .optional()
      .describe(
        "Only for an execution that needs attention: whether the write of unknown outcome happened. True goes on behind its card, false sends it again",
      ),
    about: z
      .strictObject({ path: z.string().max(1000), attempt: z.int().min(1) })
      .optional()
      .describe(
        "With tookEffect: the write that is meant. Needed where one is in doubt, refused where this one is not any more",
      ),
    outputs: jsonObjectSchema
      .optional()
      .describe(
        "With tookEffect true: what the card would have put out, as far as the cards behind it use it. Checked like inputs",
      ),
    version: z
      .enum(["same", "latest"])
      .default("same")
      .describe(
        "latest: the live version. From the failed card only where its finished cards are the same there",
      ),
  }),
  answer: z.object({ executionId: z.uuid() }),
});

export const cancelExecution = endpoint({
  method: "POST",
  path: "/api/executions/{id}/cancel",
  summary: "Stop an execution before its next card",
  tag,
  permission: "executions.run",
  params: idParams,
  answer: okSchema,
});

/** At most as many are retried or cancelled together, the oldest first. */
export const MAX_TOGETHER = 10_000;

const confirmSchema = z.int().min(1).describe("How many, as `matchingExecutions` counted them");

/** Say `until`, or executions that arrive in the meantime make another number. */
export const matchingExecutions = endpoint({
  method: "GET",
  path: "/api/executions/matching",
  summary: "How many executions a filter finds that can be retried or cancelled",
  tag,
  permission: "executions.read",
  query: executionFilterSchema,
  answer: z.object({
    /** Failed ones (cancelled ones too where the filter names that status) that nobody has retried yet. */
    retriable: z.number(),
    /** Of these, the ones that can go on from their failed card: their inputs and outputs were kept. */
    fromFailed: z.number(),
    /** Those that have not ended. */
    cancellable: z.number(),
  }),
});

/** They become the rows of a run (kind "retry"), started a portion at a time; see `getBulkRun`, `stopBulk`. */
export const retryExecutions = endpoint({
  method: "POST",
  path: "/api/executions/retry",
  summary: "Retry all executions a filter finds",
  tag,
  permission: "executions.run",
  body: z.strictObject({
    id: z.uuid().describe("Of the run, chosen by the caller; given again, it starts nothing more"),
    filter: executionFilterSchema,
    from: z.enum(["failed", "start"]).default("failed"),
    version: z.enum(["same", "latest"]).default("same"),
    confirm: confirmSchema,
  }),
  answer: z.object({ id: z.uuid() }),
});

export const cancelExecutions = endpoint({
  method: "POST",
  path: "/api/executions/cancel",
  summary: "Cancel all executions a filter finds that have not ended",
  tag,
  permission: "executions.run",
  body: z.strictObject({ filter: executionFilterSchema, confirm: confirmSchema }),
  answer: z.object({
    cancelled: z.number(),
    /** Of these, the ones at a card now: they stop before their next. */
    stopping: z.number(),
  }),
});
