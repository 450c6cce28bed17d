import type { FlowSummary, FlowView, PauseKind } from "#lib/api/flows.ts";
import { cardTitle } from "#lib/cards/card-title.ts";
import { CARD_FAILED } from "#lib/connectors/core/card-failed.ts";
import { sameToPublish } from "#lib/flow/diff.ts";
import type { FlowDocument } from "#lib/flow/document.ts";
import { readDocument } from "#lib/flow/migrate-document.ts";
import { catalogue } from "#lib/registry.ts";
import { database } from "../db/client.ts";
import { checkDocument } from "./check-document.ts";
import { flowNotFound } from "./find-flow.ts";

/** A flow as lists and the builder see it. */
interface FlowRow {
  id: string;
  name: string;
  description: string | null;
  on: boolean;
  live_number: number | null;
  /** Draft and live document, both null where they are the same JSON. */
  draft_if_changed: unknown;
  live_if_changed: unknown;
  /** [id in the catalogue, own title] of each card. */
  cards: [string, string | null][];
  /** Whether the live version has the event card of flows that others call. */
  on_failure: boolean;
  updated_at: Date;
  updated_by: string;
  paused_at: Date | null;
  paused_reason: string | null;
  paused_kind: PauseKind | null;
  kept_back: number;
  in_order: boolean;
  last_id: string | null;
  last_status: string | null;
  last_created_at: Date | null;
}

/** Flows that are not deleted, the last changed first. */
export async function flowSummaries(): Promise<FlowSummary[]> {
  const { rows } = await database().pool.query<FlowRow>(flowsSql("", "order by f.updated_at desc, f.id"));
  return rows.map(summaryFromRow);
}

/**
 * One flow with its draft and what is wrong with it.
 *
 * @throws ApiProblem not-found
 */
export async function flowView(id: string): Promise<FlowView> {
  const { rows } = await database().pool.query<FlowRow & { draft: unknown; revision: number }>(
    flowsSql(", f.draft, f.revision", "and f.id = $1"),
    [id],
  );
  const [row] = rows;
  if (!row) throw flowNotFound();
  const document = readDocument(row.draft);
  return { ...summaryFromRow(row), document, revision: row.revision, issues: await checkDocument(document) };
}

/** jsonb compares objects whatever the order of their keys; only documents that differ are sent over. */
const flowsSql = (more: string, rest: string) => `
select f.id, f.name, f.draft->>'description' as description, f."on", v.number as live_number,
  case when changed then f.draft end as draft_if_changed, case when changed then v.document end as live_if_changed,
  (select coalesce(jsonb_agg(jsonb_build_array(c.value->>'card', c.value->>'title')), '[]')
     from jsonb_each(f.draft->'cards') c) as cards,
  coalesce(jsonb_path_exists(v.document, '$.cards.*.card ? (@ == "${CARD_FAILED}")'), false) as on_failure,
  f.paused_at, f.paused_reason, f.paused_kind, f.in_order,
  (select count(*)::int from executions h where h.flow_id = f.id and h.held) as kept_back,
  f.updated_at, f.updated_by, last.id as last_id, last.status as last_status, last.created_at as last_created_at ${more}
from flows f
left join flow_versions v on v.id = f.live_version_id
cross join lateral (select f.draft - 'layout' is distinct from v.document - 'layout' as changed) difference
left join lateral (
  select e.id, e.status, e.created_at from executions e where e.flow_id = f.id
  order by e.created_at desc, e.id desc limit 1
) last on true
where f.deleted_at is null and f.kind = 'flow' ${rest}`;

function summaryFromRow(row: FlowRow): FlowSummary {
  const cards = row.cards.map(([card, title]) => ({
    kind: catalogue.card(card)?.kind,
    name: cardTitle({ card, title: title ?? undefined }, catalogue.card(card)),
  }));
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    on: row.on,
    paused: row.paused_at && {
      at: row.paused_at.toISOString(),
      kind: row.paused_kind ?? "person",
      reason: row.paused_reason ?? "",
      waiting: row.kept_back,
      inOrder: row.in_order,
    },
    liveVersion: row.live_number,
    unpublishedChanges: hasChanges(row),
    trigger: cards.find(({ kind }) => kind === "event")?.name ?? null,
    callable: row.on && row.on_failure,
    cardCount: cards.filter(({ kind }) => kind !== "note").length,
    updatedAt: row.updated_at.toISOString(),
    updatedBy: row.updated_by,
    lastExecution:
      row.last_id !== null && row.last_status !== null && row.last_created_at !== null
        ? { id: row.last_id, status: row.last_status, createdAt: row.last_created_at.toISOString() }
        : null,
  };
}

/** Other JSON may still mean the same flow: edges in another order, an empty description. */
function hasChanges({ live_number, draft_if_changed, live_if_changed }: FlowRow): boolean {
  if (live_number === null) return true;
  if (draft_if_changed === null) return false;
  const [draft, live] = [readable(draft_if_changed), readable(live_if_changed)];
  return draft === undefined || live === undefined || !sameToPublish(draft, live);
}

/** The list must not fail because of one flow that a newer Flowdeck saved. */
function readable(document: unknown): FlowDocument | undefined {
  try {
    return readDocument(document);
  } catch {
    return undefined;
  }
}
