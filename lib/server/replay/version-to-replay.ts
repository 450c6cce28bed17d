import type { ReplayVersion } from "#lib/api/replay.ts";
import type { FlowDocument } from "#lib/flow/document.ts";
import { readDocument } from "#lib/flow/migrate-document.ts";
import { database } from "../db/client.ts";
import { requireSound } from "../flows/check-document.ts";
import { findFlow } from "../flows/find-flow.ts";
import { findVersion } from "../flows/versions.ts";

/** What events are run with. */
export interface ToReplay {
  /** Null for the draft: its executions carry the document themselves. */
  versionId: string | null;
  document: FlowDocument;
  flowName: string;
}

/** @throws ApiProblem not-found; invalid when the draft has errors */
export async function versionToReplay(flowId: string, version: ReplayVersion): Promise<ToReplay> {
  const { prisma } = database();
  const flow = await findFlow(prisma, flowId);
  if (version === "draft") {
    const document = readDocument(flow.draft);
    await requireSound(document, "replayed");
    return { versionId: null, document, flowName: flow.name };
  }
  const { id, document } = await findVersion(prisma, flowId, version);
  return { versionId: id, document: readDocument(document), flowName: flow.name };
}
