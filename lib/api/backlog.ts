import { z } from "zod";
import { instantSchema } from "./common.ts";
import { endpoint } from "./endpoint.ts";

/** Executions that have not ended, by what they wait for. */
const countsSchema = z.object({
  ready: z.number().describe("Could run now and wait for a worker"),
  running: z.number(),
  okta: z.number().describe("Wait for a rate limit of an org"),
  down: z.number().describe("Wait for an org that is down"),
  line: z
    .number()
    .describe("Wait for their turn in a flow that limits how many run at once or keeps an order"),
  delay: z.number().describe("Wait to try a card again"),
  authorization: z.number().describe("Wait for a connection to be authorized again"),
  paused: z.number().describe("Kept back by a paused flow"),
  attention: z.number().describe("Need a person"),
});
export type BacklogCounts = z.infer<typeof countsSchema>;

const outlookSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("clear").describe("Nothing waits for a worker or a rate limit") }),
  z.object({ kind: z.literal("no-worker").describe("No worker is running") }),
  z.object({ kind: z.literal("standing").describe("Nothing has ended lately"), since: instantSchema }),
  z.object({ kind: z.literal("unknown").describe("It began too lately to tell") }),
  z.object({ kind: z.literal("growing").describe("More arrive than end") }),
  z.object({
    kind: z.literal("done"),
    /** Until what waits now for a worker or a rate limit is over. */
    inSeconds: z.number(),
    by: z
      .enum(["pace", "okta"])
      .describe(
        "pace: at the pace of the last minute. okta: a rate limit makes it later; then at the earliest",
      ),
  }),
]);
export type Outlook = z.infer<typeof outlookSchema>;

export const backlogSchema = z.object({
  /** When it was counted; a few seconds ago at most. */
  at: instantSchema,
  all: countsSchema,
  /** Of the flow that was asked for. */
  ofFlow: countsSchema.nullable(),
  /** Since when the longest of those that are ready has waited. */
  readySince: instantSchema.nullable(),
  /** When the last of those that wait for a rate limit may try again. */
  oktaUntil: instantSchema.nullable(),
  workers: z.number().describe("Workers that renewed their heartbeat in the last 20 s"),
  endedPerSecond: z
    .number()
    .describe("Executions all workers end, while there is a backlog; of a minute at most"),
  arrivedPerSecond: z
    .number()
    .describe("Executions that come; of those in the last 15 s and those in the last 5 s the fewer"),
  outlook: outlookSchema,
});
export type Backlog = z.infer<typeof backlogSchema>;

export const getBacklog = endpoint({
  method: "GET",
  path: "/api/executions/backlog",
  summary: "What waits to be worked off, and until when",
  tag: "Executions",
  permission: "executions.read",
  query: z.object({ flowId: z.uuid().optional().describe("Counts those of this flow too") }),
  answer: backlogSchema,
});
