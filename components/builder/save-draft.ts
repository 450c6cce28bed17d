import { z } from "zod";
import { ApiError, call } from "#lib/api/client.ts";
import { instantSchema } from "#lib/api/common.ts";
import { type FlowView, updateFlow } from "#lib/api/flows.ts";
import type { SaveOutcome, SavePort } from "#lib/editor/autosave.ts";
import { flowDocumentSchema } from "#lib/flow/document.ts";

const theirsSchema = z.object({
  revision: z.number(),
  document: flowDocumentSchema,
  updatedBy: z.string(),
  updatedAt: instantSchema,
});

/** Saves drafts of one flow through the API; `onSaved` hears what the server knows of the flow afterwards. */
export function saveDraftOf(id: string, onSaved: (flow: FlowView) => void): SavePort {
  return async ({ revision, document, keepalive }) => {
    try {
      const flow = await call(updateFlow, { params: { id }, body: { revision, document }, keepalive });
      onSaved(flow);
      return { kind: "saved", revision: flow.revision };
    } catch (error) {
      return outcomeOf(error);
    }
  };
}

/** What an error of the API means for unsaved edits. Everything that may pass by itself is "unavailable". */
export function outcomeOf(error: unknown): SaveOutcome {
  if (!(error instanceof ApiError)) return { kind: "unavailable", message: "The console can't be reached." };
  const { code, message, hint } = error.body;
  if (code === "conflict") {
    const theirs = theirsSchema.safeParse(error.body.current);
    if (theirs.success) return { kind: "conflict", theirs: theirs.data };
  }
  const passing = ["unavailable", "internal", "too-many-requests", "upstream-failed"];
  const text = hint ? `${message} ${hint}` : message;
  return { kind: passing.includes(code) ? "unavailable" : "refused", message: text };
}
