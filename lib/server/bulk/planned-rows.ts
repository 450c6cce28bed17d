import { z } from "zod";
import type { BulkResult } from "#lib/api/bulk.ts";
import { cardTitle } from "#lib/cards/card-title.ts";
import type { FlowDocument } from "#lib/flow/document.ts";
import type { Json } from "#lib/flow/json.ts";
import { readDocument } from "#lib/flow/migrate-document.ts";
import { registry } from "#lib/registry.ts";
import { database } from "../db/client.ts";

/** A call a plan held back, as the database hands it over; `card` is the path of its step. */
export interface PlannedRow {
  card: string;
  method: string;
  path: string;
  changes: { field: string[]; before?: Json; after?: Json }[] | null;
}

const optionsSchema = z.object({ versionId: z.uuid().nullable(), document: z.unknown() });

/** The cards of the flow the events of a run are planned on: the titles of what a row would do stand there. */
export async function plannedCards(options: unknown): Promise<FlowDocument["cards"]> {
  const given = optionsSchema.safeParse(options);
  if (!given.success) return {};
  const { versionId, document } = given.data;
  if (versionId === null) return readDocument(document).cards;
  const version = await database().prisma.flowVersion.findUnique({ where: { id: versionId } });
  return version ? readDocument(version.document).cards : {};
}

/** What the calls of a row would change, in words short enough for a list. */
export function plannedOf(
  rows: readonly PlannedRow[],
  cards: FlowDocument["cards"],
): NonNullable<BulkResult["planned"]> {
  return rows.map(({ card, method, path, changes }) => {
    const node = cards[card];
    const title = node ? cardTitle(node, registry.card(node.card)?.description) : `${method} ${path}`;
    return { title, method, path, changes: (changes ?? []).map(changeWords) };
  });
}

function changeWords({ field, before, after }: NonNullable<PlannedRow["changes"]>[number]): string {
  const name = field.join(" › ");
  return after === undefined
    ? `${name}: ${shown(before)} now`
    : `${name}: ${shown(before)} → ${shown(after)}`;
}

function shown(value: Json | undefined): string {
  if (value === undefined || value === null || value === "") return "(empty)";
  return typeof value === "string" ? value : JSON.stringify(value);
}
