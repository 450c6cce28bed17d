import type { z } from "zod";
import {
  type BulkResult,
  type BulkRowStatus,
  bulkRowStatusSchema,
  type listBulkRows as endpoint,
} from "#lib/api/bulk.ts";
import { effectiveFields } from "#lib/cards/effective-fields.ts";
import type { Fields } from "#lib/cards/field.ts";
import { maskSecrets } from "#lib/cards/mask.ts";
import type { FlowDocument } from "#lib/flow/document.ts";
import { isJsonObject, type JsonObject } from "#lib/flow/json.ts";
import { registry } from "#lib/registry.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { database } from "../db/client.ts";
import { LOSSLESS_TYPES } from "../db/lossless-types.ts";
import { ApiProblem } from "../http/problem.ts";
import { shownOutputs } from "../secrets/seal-outputs.ts";
import { ROW_STATUS_SQL } from "./bulk-view.ts";
import { type PlannedRow, plannedCards, plannedOf } from "./planned-rows.ts";
import { maskSealedInputs } from "./secret-inputs.ts";
import { bulkNotFound } from "./stop-bulk.ts";

type Query = z.output<NonNullable<typeof endpoint.query>>;

/** Longest outputs a list carries, in bytes as PostgreSQL stores them; the execution has them whole. */
const MAX_OUTPUT_BYTES = 20_000;

interface ResultRow {
  position: number;
  label: string;
  inputs: JsonObject;
  status: BulkRowStatus;
  problem: string | null;
  reason: string | null;
  execution_id: string | null;
  outputs: JsonObject | null;
  planned: PlannedRow[] | null;
}

const ROWS = `
select r.position, r.label, r.inputs, ${ROW_STATUS_SQL} as status, r.problem, e.reason, r.execution_id, s.outputs, p.planned
from bulk_rows r
left join executions e on e.id = r.execution_id
left join lateral (
  select case when pg_column_size(s.outputs) <= ${MAX_OUTPUT_BYTES} then s.outputs end as outputs from steps s
  where e.mode = 'manual' and s.execution_id = e.id and s.path = 'c2' and s.status = 'succeeded' order by s.attempt desc limit 1
) s on true
left join lateral (
  select coalesce(jsonb_agg(jsonb_build_object(
      'card', l.path, 'method', x.value->'method', 'path', x.value->'path', 'changes', x.value->'held'->'changes')
      order by l.sequence, x.ordinality), '[]') as planned
  from (select distinct on (s.path) s.path, s.sequence, s.exchanges from steps s
    where s.execution_id = e.id order by s.path, s.attempt desc) l
  cross join lateral jsonb_array_elements(case jsonb_typeof(l.exchanges) when 'array' then l.exchanges else '[]' end)
    with ordinality x
  where x.value ? 'held' and x.value->>'method' <> 'GET'
) p on e.mode = 'plan' and e.status in ('succeeded', 'failed')
where r.bulk_id = $1 and ($2::text[] is null or ${ROW_STATUS_SQL} = any($2))
order by r.position offset $3 limit $4`;

/**
 * Rows of a run by hand with what became of each, in their order.
 *
 * @throws ApiProblem not-found; bad-request for an unknown status
 */
export async function listBulkRows(
  actor: Actor,
  id: string,
  { offset, limit, status }: Query,
): Promise<{ items: BulkResult[]; next?: number }> {
  authorize(actor, "executions.read");
  const { prisma, pool } = database();
  const run = await prisma.bulkRun.findUnique({ where: { id }, select: { cardId: true, options: true } });
  if (!run) throw bulkNotFound();
  const { rows } = await pool.query<ResultRow>({
    text: ROWS,
    values: [id, statusesOf(status), offset, limit + 1],
    types: LOSSLESS_TYPES,
  });
  const outputs = outputFields(run);
  const page = rows.slice(0, limit);
  const cards = page.some(({ planned }) => planned !== null) ? await plannedCards(run.options) : {};
  const items = page.map((row) => resultOf(row, outputs, cards));
  return rows.length > limit ? { items, next: offset + limit } : { items };
}

function resultOf(row: ResultRow, outputs: Fields | null, cards: FlowDocument["cards"]): BulkResult {
  return {
    position: row.position,
    label: row.label,
    inputs: maskSealedInputs(row.inputs),
    status: row.status,
    problem: row.problem ?? row.reason,
    executionId: row.execution_id,
    outputs: row.outputs && outputs && maskSecrets(shownOutputs(row.outputs), outputs),
    planned: row.planned && plannedOf(row.planned, cards),
  };
}

function outputFields({ cardId, options }: { cardId: string | null; options: unknown }): Fields | null {
  // A run of retries has rows of many flows; what their cards put out is in their executions.
  if (cardId === null) return null;
  const description = registry.card(cardId)?.description;
  return description
    ? effectiveFields(description, { options: isJsonObject(options) ? options : {} }).outputs
    : {};
}

function statusesOf(given: string | undefined): string[] | null {
  if (!given) return null;
  const known: readonly string[] = bulkRowStatusSchema.options;
  const statuses = given.split(",").map((part) => part.trim());
  const unknown = statuses.filter((status) => !known.includes(status));
  if (unknown.length === 0) return statuses;
  throw new ApiProblem("bad-request", `There is no status "${unknown.join(", ")}" of rows.`, {
    hint: `Statuses are ${known.join(", ")}.`,
  });
}
