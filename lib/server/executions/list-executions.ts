import type { z } from "zod";
import type { ExecutionSummary, listExecutions as endpoint } from "#lib/api/executions.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { database } from "../db/client.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { conditionsOf, severitiesOf, statusesOf } from "./execution-filter.ts";
import { SUMMARY_COLUMNS, SUMMARY_JOINS, type SummaryRow, summaryFromRow } from "./summary-row.ts";

type Query = z.output<NonNullable<typeof endpoint.query>>;

export interface ExecutionPage {
  items: ExecutionSummary[];
  next?: string;
}

/**
 * Executions of all flows, newest first. Pages by the last row seen and not by counting, so that page 2,000 costs what
 * page 1 does and new executions shift nothing.
 *
 * @throws ApiProblem bad-request for an unknown status or severity, or a cursor that is none
 */
export async function listExecutions(actor: Actor, query: Query): Promise<ExecutionPage> {
  authorize(actor, "executions.read");
  const { text, values } = pageQuery(query);
  const { rows } = await database().pool.query<SummaryRow>(text, values);
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return {
    items: items.map(summaryFromRow),
    ...(rows.length > query.limit && last ? { next: writeCursor(last.created_at, last.id) } : {}),
  };
}

function pageQuery(query: Query): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const parameter = (value: unknown) => `$${values.push(value)}`;
  const statuses = statusesOf(query);
  const severities = severitiesOf(query);
  const conditions = conditionsOf(query, parameter);
  if (query.cursor) {
    const { createdAt, id } = readCursor(query.cursor);
    conditions.push(`(e.created_at, e.id) < (${parameter(createdAt)}::timestamptz, ${parameter(id)}::uuid)`);
  }
  // One row more than asked tells whether there is a next page.
  const page = `order by e.created_at desc, e.id desc limit ${parameter(query.limit + 1)}`;
  const matching = (more: string[]) => {
    const all = [...conditions, ...more];
    return `select e.id, e.created_at from executions e ${all.length > 0 ? `where ${all.join(" and ")}` : ""} ${page}`;
  };
  // Each status from its own index, then merged: with `status = any(…)` PostgreSQL walks all rows by date, and among
  // 100,000 executions ten failed ones are at the end.
  // One page for each wanted word, merged: each is found through the index that begins with it.
  const merged = (words: string[], column: string, more: string[]) =>
    `select e.id, e.created_at from unnest(${parameter(words)}::text[]) as wanted(word)
     cross join lateral (${matching([`${column} = wanted.word`, ...more])}) e ${page}`;
  // Made only where it is used: PostgreSQL refuses a value that nothing refers to.
  const grave = () => (severities.length > 0 ? [`e.severity = any(${parameter(severities)}::text[])`] : []);
  const found =
    statuses.length > 0
      ? merged(statuses, "e.status", grave())
      : severities.length > 0
        ? merged(severities, "e.severity", [])
        : matching([]);
  const text = `with found as materialized (${found})
    select ${SUMMARY_COLUMNS} from found join executions e on e.id = found.id ${SUMMARY_JOINS}
    order by e.created_at desc, e.id desc`;
  return { text, values };
}
