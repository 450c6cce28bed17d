import type { Pool } from "pg";
import { blankDocument } from "./blank-document.ts";
import { matches, type PersonMatch } from "./person-match.ts";

/** A flow that names the person still. */
export interface FlowNaming {
  id: string;
  name: string;
  /** Whether its draft does. */
  draft: boolean;
  /** Numbers of the published versions that do. */
  versions: number[];
}

const INSTEAD = "Erased";
const blank = (document: string) => blankDocument(document, matches, "$1");

/** Nobody can open a deleted flow or run it again; what it still runs needs its documents. */
const NOBODY_NEEDS = `f.deleted_at is not null and not exists (
  select from executions e where e.flow_id = f.id and e.status in ('queued', 'running', 'waiting', 'attention'))`;
const DRAFT_TEXT = "concat_ws(' ', f.name, f.draft::text)";
const VERSION_TEXT = "concat_ws(' ', v.note, v.document::text)";

const IN_FLOWS: readonly string[] = [
  `update flow_versions v set document = ${blank("v.document")},
     note = case when ${matches("v.note")} then $1 else v.note end
   from flows f where f.id = v.flow_id and ${NOBODY_NEEDS} and ${matches(VERSION_TEXT)}`,
  `update flows f set draft = ${blank("f.draft")}, name = case when ${matches("f.name")} then $1 else f.name end
   where ${NOBODY_NEEDS} and ${matches(DRAFT_TEXT)}`,
  // A replay of a draft has a copy of it, and a card run by hand what was chosen for all of its rows.
  `update bulk_runs b set title = case when ${matches("b.title")} then $1 else b.title end,
     options = case
       when ${matches("b.options::text")} is not true then b.options
       when jsonb_typeof(b.options->'document') = 'object'
         then jsonb_set(b.options, '{document}', ${blank("(b.options->'document')")})
       else '{}' end
   where b.status <> 'running' and ${matches("concat_ws(' ', b.title, b.options::text)")}`,
];

/**
 * Takes the person out of documents nobody can change any more: of deleted flows, and of runs that are over.
 *
 * @returns how many versions, drafts and runs lost what was typed into them
 */
export async function eraseInFlows(pool: Pool, { patterns, expression }: PersonMatch): Promise<number> {
  let rows = 0;
  for (const statement of IN_FLOWS) {
    rows += (await pool.query(statement, [INSTEAD, patterns, expression])).rowCount ?? 0;
  }
  return rows;
}

/** Flows that name the person: those an admin can change, and how many deleted ones go on running what does. */
export async function flowsNaming(
  pool: Pool,
  { patterns, expression }: PersonMatch,
): Promise<{ configured: FlowNaming[]; underWay: number }> {
  const { rows } = await pool.query<FlowNaming & { deleted: boolean }>(
    `select * from (
       select f.id, f.name, f.deleted_at is not null as deleted, ${matches(DRAFT_TEXT)} as draft, array(
         select v.number from flow_versions v where v.flow_id = f.id and ${matches(VERSION_TEXT)} order by v.number
       ) as versions
       from flows f where f.kind = $1
     ) f where f.draft or cardinality(f.versions) > 0 order by f.name`,
    ["flow", patterns, expression],
  );
  const configured = rows.filter(({ deleted }) => !deleted);
  return {
    configured: configured.map(({ id, name, draft, versions }) => ({ id, name, draft, versions })),
    underWay: rows.length - configured.length,
  };
}
