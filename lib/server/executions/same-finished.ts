import { isDeepStrictEqual } from "node:util";
import { cardTitle } from "#lib/cards/card-title.ts";
import type { FlowDocument } from "#lib/flow/document.ts";
import { readDocument } from "#lib/flow/migrate-document.ts";
import { catalogue } from "#lib/registry.ts";
import type { Prisma } from "../db/generated/client.ts";
import { ApiProblem } from "../http/problem.ts";

/**
 * Makes sure that what an execution has done so far is what a version would have done: its finished cards, and those
 * whose outcome is in doubt, stand in the version unchanged and are reached the same way. Their steps are reused; were
 * they another card's, the cards behind would get outputs of something that is not there any more.
 *
 * @returns the document of that version
 * @throws ApiProblem conflict naming the first card that differs
 */
export async function requireSameFinished(
  tx: Prisma.TransactionClient,
  execution: { id: string; version: { document: unknown } | null },
  versionId: string,
): Promise<unknown> {
  const version = await tx.flowVersion.findUniqueOrThrow({ where: { id: versionId } });
  const steps = await tx.step.findMany({
    where: {
      executionId: execution.id,
      OR: [{ status: { in: ["succeeded", "unknown", "running"] } }, { exit: { not: null } }],
    },
    orderBy: { sequence: "asc" },
    select: { path: true },
  });
  const ran = readDocument(execution.version?.document);
  const paths = [...new Set(steps.map(({ path }) => path))];
  const changed = firstChanged(ran, readDocument(version.document), paths);
  if (changed === undefined) return version.document;
  const node = ran.cards[changed];
  const title = node ? cardTitle(node, catalogue.card(node.card)) : changed;
  throw new ApiProblem(
    "conflict",
    `“${title}” has run already and is not the same in version ${version.number}, so the execution can't go on there.`,
    { hint: "Retry it on the version it ran, or from the start on the newest." },
  );
}

/**
 * The first of the given cards that two documents don't have in common. A card's own title and what happens when it fails
 * may differ: neither changes what a finished card has done.
 *
 * @param cards ids of cards of `ran`
 */
export function firstChanged(
  ran: FlowDocument,
  next: FlowDocument,
  cards: readonly string[],
): string | undefined {
  return cards.find(
    (id) => !isDeepStrictEqual(essence(ran, id), essence(next, id)) || ran.cards[id] === undefined,
  );
}

function essence(document: FlowDocument, id: string): unknown {
  const node = document.cards[id];
  if (node === undefined) return undefined;
  const { card, v, connection, options, inputs, parent } = node;
  const waysIn = document.edges.filter(({ to }) => to === id).map(({ from, out }) => `${from} ${out}`);
  return {
    card,
    v,
    connection,
    options: options ?? {},
    inputs: inputs ?? {},
    parent,
    waysIn: waysIn.toSorted(),
  };
}
