import { z } from "zod";
import { idParams, instantSchema } from "./common.ts";
import { endpoint } from "./endpoint.ts";

/** Why a flow did not run, or that it did. */
export const WHY_VERDICTS = [
  "ran",
  "pending",
  "conditionNotMet",
  "neverPublished",
  "off",
  "notListening",
  "neverArrived",
  "notKept",
] as const;

export const whyNotSchema = z.object({
  verdict: z.enum(WHY_VERDICTS),
  /** What happened, in a sentence. */
  text: z.string(),
  /** What can be done about it. */
  hint: z.string().nullable(),
  /** The execution that says more. */
  executionId: z.uuid().nullable(),
  /** The event it is about. */
  event: z
    .object({ uuid: z.string(), eventType: z.string(), published: instantSchema, receivedAt: instantSchema })
    .nullable(),
  /** How events of the flow's connection arrive; null where the flow names no connection there is. */
  intake: z
    .object({
      connection: z.string(),
      mode: z.string(),
      hookStatus: z.string(),
      hookDetail: z.string().nullable(),
      lastDeliveryAt: instantSchema.nullable(),
    })
    .nullable(),
  /** The connection's latest events of any type, newest first, to ask about one of them. */
  latest: z.array(
    z.object({
      uuid: z.string(),
      eventType: z.string(),
      published: instantSchema,
      summary: z.string(),
    }),
  ),
});
export type WhyNot = z.infer<typeof whyNotSchema>;

export const whyNotRun = endpoint({
  method: "GET",
  path: "/api/flows/{id}/why",
  summary: "Why a flow did not run",
  tag: "Executions",
  permission: "executions.read",
  params: idParams,
  query: z.object({
    eventId: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .describe(
        "UUID of the event, as the System Log shows it. The latest event the flow listens to where absent",
      ),
  }),
  answer: whyNotSchema,
});
