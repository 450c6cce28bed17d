import { cardTitle } from "#lib/cards/card-title.ts";
import { effectiveFields, fieldAt } from "#lib/cards/effective-fields.ts";
import { describeChange, type FieldOf } from "#lib/flow/describe-change.ts";
import { diffDocuments } from "#lib/flow/diff.ts";
import type { CardNode, FlowDocument } from "#lib/flow/document.ts";
import { readDocument } from "#lib/flow/migrate-document.ts";
import { catalogue } from "#lib/registry.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { hookNotice } from "../connections/hook-room.ts";
import { database } from "../db/client.ts";
import { findFlow } from "./find-flow.ts";
import { listensTo } from "./listeners.ts";

export interface FlowChanges {
  changes: { kind: string; card?: string; text: string }[];
  lastSavedBy: string;
  /** What publishing brings about that its author should know before. */
  notices: string[];
}

/**
 * What publishing the draft would change against the live version, in sentences.
 *
 * @throws ApiProblem not-found
 */
export async function changesOfFlow(actor: Actor, id: string): Promise<FlowChanges> {
  authorize(actor, "flows.read");
  const { prisma } = database();
  const flow = await findFlow(prisma, id);
  const version = flow.liveVersionId
    ? await prisma.flowVersion.findUnique({ where: { id: flow.liveVersionId } })
    : null;
  const live = version ? readDocument(version.document) : null;
  const draft = readDocument(flow.draft);
  const { titleOf, fieldOf } = namesIn(draft, live);
  const changes = diffDocuments(live, draft).map((change) => ({
    kind: change.kind,
    ...("card" in change ? { card: change.card } : {}),
    text: describeChange(change, titleOf, fieldOf),
  }));
  return { changes, lastSavedBy: flow.updatedBy, notices: await noticesOf(draft) };
}

/** Limits of the org that turning the draft on would reach. */
async function noticesOf(draft: FlowDocument): Promise<string[]> {
  const notices = await Promise.all(
    listensTo(draft).map(({ alias, eventTypes }) => hookNotice(alias, eventTypes)),
  );
  return notices.filter((notice) => notice !== undefined);
}

/** Cards are called what the draft calls them; removed ones what they were called. */
function namesIn(draft: FlowDocument, live: FlowDocument | null) {
  const nodeOf = (card: string): CardNode | undefined => draft.cards[card] ?? live?.cards[card];
  const titleOf = (card: string): string => {
    const node = nodeOf(card);
    return node ? cardTitle(node, catalogue.card(node.card)) : card;
  };
  const fieldOf: FieldOf = (card, path) => {
    const node = nodeOf(card);
    const description = node && catalogue.card(node.card);
    if (!description) return undefined;
    const [first = ""] = path;
    // An emptied or switched-off input may exist with the old options only.
    const was = live?.cards[card];
    const shapes = [node, ...(was ? [was] : [])].map((shape) => effectiveFields(description, shape).inputs);
    const field = shapes.map((inputs) => fieldAt(inputs, path)).find((found) => found !== undefined);
    return field ?? (path.length === 1 ? description.options[first] : undefined);
  };
  return { titleOf, fieldOf };
}
