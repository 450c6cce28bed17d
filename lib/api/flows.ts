import { z } from "zod";
import { flowDocumentSchema } from "../flow/document.ts";
import { jsonObjectSchema } from "../flow/json.ts";
import { idParams, instantSchema, okSchema } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { flowIssueSchema } from "./issues.ts";

/** Who paused a flow: a person; Flowdeck, because it took workers down; Flowdeck, because it wrote more than it may. */
export const PAUSE_KINDS = ["person", "quarantine", "writes"] as const;
export type PauseKind = (typeof PAUSE_KINDS)[number];

export const flowSummarySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string().nullable(),
  on: z.boolean(),
  /** Its events are taken in and wait; null while it runs them. */
  paused: z
    .object({
      at: instantSchema,
      kind: z.enum(PAUSE_KINDS),
      reason: z.string(),
      waiting: z.number().describe("Executions kept back"),
      inOrder: z
        .boolean()
        .describe("Whether those about one person run one after the other when it is resumed"),
    })
    .nullable(),
  /** Number of the live version; null until the first publish. */
  liveVersion: z.number().nullable(),
  /** True when the draft differs from the live version. */
  unpublishedChanges: z.boolean(),
  /** Title of the event card, for the list. */
  trigger: z.string().nullable(),
  /** On, with a live version that starts when a card of another flow fails and calls it. */
  callable: z.boolean(),
  cardCount: z.number(),
  updatedAt: instantSchema,
  updatedBy: z.string(),
  lastExecution: z.object({ id: z.uuid(), status: z.string(), createdAt: instantSchema }).nullable(),
});
export type FlowSummary = z.infer<typeof flowSummarySchema>;

export const flowSchema = flowSummarySchema.extend({
  document: flowDocumentSchema,
  /** Grows with every saved change. */
  revision: z.number(),
  issues: z.array(flowIssueSchema),
});
export type FlowView = z.infer<typeof flowSchema>;

export const versionSchema = z.object({
  number: z.number(),
  note: z.string().nullable(),
  createdAt: instantSchema,
  createdBy: z.string(),
  live: z.boolean(),
});
export type VersionView = z.infer<typeof versionSchema>;

const tag = "Flows";

const flowCallSchema = z.object({ from: z.uuid(), to: z.string() });
/** A flow that is on, and one it calls when a card of it fails. */
export type FlowCall = z.infer<typeof flowCallSchema>;

export const listFlows = endpoint({
  method: "GET",
  path: "/api/flows",
  summary: "All flows",
  tag,
  permission: "flows.read",
  answer: z.object({
    flows: z.array(flowSummarySchema),
    calls: z
      .array(flowCallSchema)
      .describe("Which live version calls which flow when a card of it fails; the called one may be gone"),
  }),
});

export const createFlow = endpoint({
  method: "POST",
  path: "/api/flows",
  summary: "Create a flow, empty or from a document",
  tag,
  permission: "flows.write",
  body: z.union([
    z.strictObject({ name: z.string().trim().min(1).max(200) }),
    z.strictObject({ document: z.unknown() }),
  ]),
  answer: flowSchema,
});

export const getFlow = endpoint({
  method: "GET",
  path: "/api/flows/{id}",
  summary: "One flow with its draft",
  tag,
  permission: "flows.read",
  params: idParams,
  answer: flowSchema,
});

/** 409 with `current` (revision, document, updatedBy, updatedAt) when somebody saved in between. */
export const updateFlow = endpoint({
  method: "PUT",
  path: "/api/flows/{id}",
  summary: "Save the draft",
  tag,
  permission: "flows.write",
  params: idParams,
  body: z.strictObject({ revision: z.int(), document: z.unknown() }),
  answer: flowSchema,
});

export const deleteFlow = endpoint({
  method: "DELETE",
  path: "/api/flows/{id}",
  summary: "Turn a flow off and delete it; its history stays",
  tag,
  permission: "flows.write",
  params: idParams,
  answer: okSchema,
});

export const validateDocument = endpoint({
  method: "POST",
  path: "/api/flows/validate",
  summary: "Check a document without saving it",
  tag,
  permission: "flows.read",
  body: z.strictObject({ document: z.unknown() }),
  answer: z.object({ valid: z.boolean(), issues: z.array(flowIssueSchema) }),
});

export const validateFlow = endpoint({
  method: "POST",
  path: "/api/flows/{id}/validate",
  summary: "Check the draft of a flow",
  tag,
  permission: "flows.read",
  params: idParams,
  answer: z.object({ valid: z.boolean(), issues: z.array(flowIssueSchema) }),
});

/** What publishing would change against the live version. */
export const changesOfFlow = endpoint({
  method: "GET",
  path: "/api/flows/{id}/changes",
  summary: "What the draft changes against the live version",
  tag,
  permission: "flows.read",
  params: idParams,
  answer: z.object({
    changes: z.array(z.object({ kind: z.string(), card: z.string().optional(), text: z.string() })),
    lastSavedBy: z.string(),
    notices: z.array(z.string()).describe("Limits of the org that publishing would reach"),
  }),
});

export const publishFlow = endpoint({
  method: "POST",
  path: "/api/flows/{id}/publish",
  summary: "Make the draft the live version",
  tag,
  permission: "flows.publish",
  params: idParams,
  body: z.strictObject({
    revision: z.int().describe("The revision the publisher saw"),
    note: z.string().max(1000).optional(),
  }),
  answer: flowSchema,
});

export const turnFlowOn = endpoint({
  method: "POST",
  path: "/api/flows/{id}/on",
  summary: "Start listening with the live version",
  tag,
  permission: "flows.publish",
  params: idParams,
  answer: flowSchema,
});

export const turnFlowOff = endpoint({
  method: "POST",
  path: "/api/flows/{id}/off",
  summary: "Stop listening; running executions finish",
  tag,
  permission: "flows.publish",
  params: idParams,
  answer: flowSchema,
});

export const pauseFlow = endpoint({
  method: "POST",
  path: "/api/flows/{id}/pause",
  summary: "Keep a flow's events without running them, until it is resumed",
  tag,
  permission: "flows.publish",
  params: idParams,
  body: z.strictObject({ reason: z.string().max(300).optional() }),
  answer: flowSchema,
});

export const resumeFlow = endpoint({
  method: "POST",
  path: "/api/flows/{id}/resume",
  summary: "Run a paused flow again, its kept events first, in the order of publication",
  tag,
  permission: "flows.publish",
  params: idParams,
  answer: flowSchema,
});

/** Runs the draft for real with a sample event, marked as a test. */
export const testFlow = endpoint({
  method: "POST",
  path: "/api/flows/{id}/test",
  summary: "Run the draft with a sample event",
  tag,
  permission: "executions.run",
  params: idParams,
  body: z.strictObject({
    event: jsonObjectSchema.optional().describe("The event; a generated one where it is absent"),
    confirmWrites: z.boolean().default(false).describe("Needed when the flow has cards that write"),
  }),
  answer: z.object({ executionId: z.uuid() }),
});

/** Cards read for real; what they would write is listed in the execution (mode "plan") and not sent. */
export const planFlow = endpoint({
  method: "POST",
  path: "/api/flows/{id}/plan",
  summary: "Plan the draft: real reads, nothing is written",
  tag,
  permission: "executions.run",
  params: idParams,
  body: z.strictObject({
    event: jsonObjectSchema.optional().describe("The event; a generated one where it is absent"),
  }),
  answer: z.object({ executionId: z.uuid() }),
});

export const sampleEventOfFlow = endpoint({
  method: "GET",
  path: "/api/flows/{id}/sample-event",
  summary: "A generated event for the flow's event card",
  tag,
  permission: "executions.run",
  params: idParams,
  answer: z.object({ event: jsonObjectSchema }),
});

export const exportFlow = endpoint({
  method: "GET",
  path: "/api/flows/{id}/export",
  summary: "The document alone, to keep or to import elsewhere",
  tag,
  permission: "flows.read",
  params: idParams,
  query: z.object({ version: z.coerce.number().int().min(1).optional() }),
  answer: flowDocumentSchema,
});

export const listVersions = endpoint({
  method: "GET",
  path: "/api/flows/{id}/versions",
  summary: "Published versions, newest first",
  tag,
  permission: "flows.read",
  params: idParams,
  answer: z.object({ versions: z.array(versionSchema) }),
});

const versionParams = z.object({ id: z.uuid(), number: z.coerce.number().int().min(1) });

export const getVersion = endpoint({
  method: "GET",
  path: "/api/flows/{id}/versions/{number}",
  summary: "One version with its document",
  tag,
  permission: "flows.read",
  params: versionParams,
  answer: versionSchema.extend({ document: flowDocumentSchema }),
});

export const restoreVersion = endpoint({
  method: "POST",
  path: "/api/flows/{id}/versions/{number}/restore",
  summary: "Make a version the draft again",
  tag,
  permission: "flows.write",
  params: versionParams,
  body: z.strictObject({ revision: z.int() }),
  answer: flowSchema,
});
