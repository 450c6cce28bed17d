import type { FlowView, VersionView } from "#lib/api/flows.ts";
import type { FlowDocument } from "#lib/flow/document.ts";
import { readDocument } from "#lib/flow/migrate-document.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { audit } from "../audit/audit.ts";
import { database } from "../db/client.ts";
import type { FlowVersion, Prisma } from "../db/generated/client.ts";
import { ApiProblem } from "../http/problem.ts";
import { saveDraft } from "./edit-flow.ts";
import { findFlow, lockFlow, requireRevision } from "./find-flow.ts";
import { flowView } from "./flow-view.ts";

/**
 * Published versions, newest first.
 *
 * @throws ApiProblem not-found
 */
export async function listVersions(actor: Actor, id: string): Promise<{ versions: VersionView[] }> {
  authorize(actor, "flows.read");
  const { prisma } = database();
  const { liveVersionId } = await findFlow(prisma, id);
  const versions = await prisma.flowVersion.findMany({
    where: { flowId: id },
    orderBy: { number: "desc" },
    omit: { document: true },
  });
  return { versions: versions.map((version) => versionView(version, liveVersionId)) };
}

/** @throws ApiProblem not-found */
export async function getVersion(
  actor: Actor,
  id: string,
  number: number,
): Promise<VersionView & { document: FlowDocument }> {
  authorize(actor, "flows.read");
  const { prisma } = database();
  const { liveVersionId } = await findFlow(prisma, id);
  const version = await findVersion(prisma, id, number);
  return { ...versionView(version, liveVersionId), document: readDocument(version.document) };
}

/**
 * Makes a version the draft again. What runs stays as it is until somebody publishes.
 *
 * @throws ApiProblem not-found; conflict (with `current`) when somebody saved since
 */
export async function restoreVersion(
  actor: Actor,
  id: string,
  number: number,
  { revision }: { revision: number },
): Promise<FlowView> {
  authorize(actor, "flows.write");
  await database().prisma.$transaction(async (tx) => {
    requireRevision(await lockFlow(tx, id), revision);
    const version = await findVersion(tx, id, number);
    await saveDraft(tx, id, readDocument(version.document), actor);
    await audit(actor, "flow.restore", id, { number }, { within: tx });
  });
  return flowView(id);
}

/**
 * The document alone: the draft, or a version.
 *
 * @throws ApiProblem not-found
 */
export async function exportFlow(
  actor: Actor,
  id: string,
  { version }: { version?: number },
): Promise<FlowDocument> {
  authorize(actor, "flows.read");
  const { prisma } = database();
  const { draft } = await findFlow(prisma, id);
  return readDocument(version === undefined ? draft : (await findVersion(prisma, id, version)).document);
}

/** @throws ApiProblem not-found */
export async function findVersion(
  prisma: Pick<Prisma.TransactionClient, "flowVersion">,
  flowId: string,
  number: number,
): Promise<FlowVersion> {
  const version = await prisma.flowVersion.findUnique({ where: { flowId_number: { flowId, number } } });
  if (!version) throw new ApiProblem("not-found", `The flow has no version ${number}.`);
  return version;
}

function versionView(version: Omit<FlowVersion, "document">, liveVersionId: string | null): VersionView {
  const { number, note, createdAt, createdBy } = version;
  return { number, note, createdAt: createdAt.toISOString(), createdBy, live: version.id === liveVersionId };
}
