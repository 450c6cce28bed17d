import { z } from "zod";
import { idParams, instantSchema } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { EXECUTION_STATUSES, executionFilterSchema } from "./executions.ts";

const tag = "Flows";

/** Which events are run again. Of a flow's own connection and event types in any case. */
const sourceSchema = z.union([
  z.strictObject({
    events: z
      .strictObject({
        since: instantSchema.optional().describe("Published at this instant or later"),
        until: instantSchema.optional().describe("Published before this instant"),
        text: z
          .string()
          .max(200)
          .optional()
          .describe(
            "Searched in the names and logins of whom the event is about and who did it; or its uuid",
          ),
      })
      .describe("Events that arrived, whether the flow ran for them or not"),
  }),
  z.strictObject({
    executions: executionFilterSchema.describe("The events of the flow's executions this filter finds"),
  }),
]);
export type ReplaySource = z.output<typeof sourceSchema>;

const versionSchema = z
  .union([z.literal("draft"), z.int().min(1)])
  .describe("Number of a published version, or the draft as it is now");
export type ReplayVersion = z.output<typeof versionSchema>;

export const pastEventSchema = z.object({
  id: z.uuid(),
  uuid: z.string(),
  eventType: z.string(),
  published: instantSchema,
  /** Names of what it is about. */
  summary: z.string(),
  /** The flow's newest execution for it; null where it never ran for it. */
  execution: z.object({ id: z.uuid(), status: z.enum(EXECUTION_STATUSES) }).nullable(),
});
export type PastEvent = z.infer<typeof pastEventSchema>;

const what = { source: sourceSchema, version: versionSchema };

export const previewReplay = endpoint({
  method: "POST",
  path: "/api/flows/{id}/replay/preview",
  summary: "Which past events a replay would run, and what it may change: nothing is started",
  tag,
  permission: "executions.run",
  params: idParams,
  body: z.strictObject(what),
  answer: z.object({
    /** At most `MAX_TOGETHER`, the oldest first. */
    count: z.number(),
    /** The newest of them. */
    newest: z.array(pastEventSchema),
    /** Titles of the version's cards that change something. */
    writes: z.array(z.string()),
  }),
});
export type ReplayPreview = z.infer<(typeof previewReplay)["answer"]>;

/**
 * Each event becomes a row of a run (kind "replay"), started a portion at a time; see `getBulkRun`, `stopBulk`. Its
 * execution has the mode "replay", or "plan", and names the flow's first execution for that event in `retryOf`.
 */
export const replayEvents = endpoint({
  method: "POST",
  path: "/api/flows/{id}/replay",
  summary: "Run a flow again for events that arrived before",
  tag,
  permission: "executions.run",
  params: idParams,
  body: z.strictObject({
    id: z.uuid().describe("Of the run, chosen by the caller; given again, it starts nothing more"),
    ...what,
    how: z.enum(["plan", "run"]).describe("plan: real reads, what would be written is listed and not sent"),
    confirm: z.int().min(1).describe("How many events, as `previewReplay` counted them"),
    confirmWrites: z
      .boolean()
      .default(false)
      .describe(
        "Needed to run a version that has cards that write: what the events changed is changed again",
      ),
  }),
  answer: z.object({ id: z.uuid() }),
});
