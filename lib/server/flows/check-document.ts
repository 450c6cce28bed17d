import { canPublish, validate } from "#lib/cards/validate.ts";
import type { FlowDocument } from "#lib/flow/document.ts";
import type { FlowIssue } from "#lib/flow/issue.ts";
import { DocumentError, DocumentTooNewError, readDocument } from "#lib/flow/migrate-document.ts";
import { catalogue } from "#lib/registry.ts";
import { database } from "../db/client.ts";
import type { Prisma } from "../db/generated/client.ts";
import { storableJson } from "../db/storable-json.ts";
import { ApiProblem } from "../http/problem.ts";
import { startsOnFailure } from "./callable.ts";

type Known = Pick<Prisma.TransactionClient, "connection" | "flow">;

/** What is wrong with a document, given the connections and flows there are now. */
export async function checkDocument(
  document: FlowDocument,
  prisma: Known = database().prisma,
): Promise<FlowIssue[]> {
  const connections = await prisma.connection.findMany({
    select: { alias: true, connector: true },
  });
  return validate(document, catalogue, { connections, flows: await calledFlows(document, prisma) });
}

/** The flows the cards of a document call when they fail, as far as they are there. */
async function calledFlows(document: FlowDocument, prisma: Known) {
  const ids = Object.values(document.cards).flatMap(({ onError }) => onError?.flow ?? []);
  if (ids.length === 0) return [];
  const flows = await prisma.flow.findMany({
    where: { id: { in: ids }, deletedAt: null },
    select: { id: true, name: true, on: true, liveVersion: { select: { document: true } } },
  });
  return flows.map(({ id, name, on, liveVersion }) => ({
    id,
    name,
    callable: on && liveVersion !== null && startsOnFailure(readDocument(liveVersion.document)),
  }));
}

/**
 * Reads a document somebody sent, of any format there ever was. Texts the database refuses are repaired.
 *
 * @throws ApiProblem invalid when it is no flow document
 */
export function readSentDocument(sent: unknown): FlowDocument {
  try {
    return readDocument(sent === undefined ? undefined : JSON.parse(storableJson(sent)));
  } catch (error) {
    if (error instanceof DocumentTooNewError) throw new ApiProblem("invalid", error.message);
    if (error instanceof DocumentError) {
      throw new ApiProblem("invalid", error.message, { issues: [...error.issues] });
    }
    throw error;
  }
}

/**
 * Makes sure that a document can run.
 *
 * @param what what can't be done otherwise: "published"
 * @throws ApiProblem invalid with everything that is wrong
 */
export async function requireSound(
  document: FlowDocument,
  what: string,
  prisma: Known = database().prisma,
): Promise<void> {
  const issues = await checkDocument(document, prisma);
  if (canPublish(issues)) return;
  const errors = issues.filter(({ severity }) => severity === "error").length;
  const message = `The flow can't be ${what}: ${errors === 1 ? "one thing is" : `${errors} things are`} wrong with it.`;
  throw new ApiProblem("invalid", message, { issues, hint: "Open the cards it names and mend them." });
}
