import type { z } from "zod";
import { type ExecutionSummary, type listExecutions as endpoint, INDEXED_WORD } from "#lib/api/executions.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { database } from "../db/client.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import {
  asksForWords,
  conditionsOf,
  patternOf,
  severitiesOf,
  statusesOf,
  TEXTS,
} from "./execution-filter.ts";
import { SUMMARY_COLUMNS, SUMMARY_JOINS, type SummaryRow, summaryFromRow } from "./summary-row.ts";

type Query = z.output<NonNullable<typeof endpoint.query>>;

export interface ExecutionPage {
  items: ExecutionSummary[];
  next?: string;
}

/** How many of the newest a text is looked for among before the index of words is asked. */
const NEAR = 10_000;

/**
 * Executions of all flows, newest first. Pages by the last row seen and not by counting, so that page 2,000 costs what
 * page 1 does and new executions shift nothing.
 *
 * A text is looked for among the newest first that fit the rest of the filter, and among all only when those do not fill the
 * page: asked for all at once, PostgreSQL took a word of every execution for a rare one and read a million of them (1.5 s). One
 * without three letters in a row, which no index knows, is looked for among the newest 10,000 alone.
 *
 * @throws ApiProblem bad-request for an unknown status or severity, or a cursor that is none
 */
export async function listExecutions(actor: Actor, query: Query): Promise<ExecutionPage> {
  authorize(actor, "executions.read");
  const rows = asksForWords(query) ? await searched(query) : await rowsOf(page(query));
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return {
    items: items.map(summaryFromRow),
    ...(rows.length > query.limit && last ? { next: writeCursor(last.created_at, last.id) } : {}),
  };
}

async function searched(query: Query): Promise<SummaryRow[]> {
  const near = await rowsOf(nearPage(query));
  if (near.length > query.limit || !INDEXED_WORD.test(query.text ?? "") || !(await isBeyond(query)))
    return near;
  return rowsOf(page(query));
}

interface Statement {
  text: string;
  values: unknown[];
}

async function rowsOf({ text, values }: Statement): Promise<SummaryRow[]> {
  return (await database().pool.query<SummaryRow>(text, values)).rows;
}

/** A page of what fits the whole filter. */
function page(query: Query): Statement {
  const { values, found } = statement(query);
  return { text: summaries(found({ columns: "e.id, e.created_at", most: query.limit + 1 })), values };
}

/** A page of those that hold the text among the newest that fit the rest of the filter; it stops reading when it is full. */
function nearPage(query: Query): Statement {
  const { values, parameter, found } = statement({ ...query, text: undefined });
  const near = found({ columns: `e.id, e.created_at, ${TEXTS} as texts`, most: NEAR });
  const holding = `select id, created_at from (${near}) near where texts ilike ${parameter(patternOf(query.text ?? ""))}
    order by created_at desc, id desc limit ${parameter(query.limit + 1)}`;
  return { text: summaries(holding), values };
}

/** Whether there are more that fit the rest of the filter than a text was looked for among. */
async function isBeyond(query: Query): Promise<boolean> {
  const { values, found } = statement({ ...query, text: undefined });
  const near = found({ columns: "e.id, e.created_at", most: NEAR });
  const { rows } = await database().pool.query<{ count: number }>(
    `select count(*)::int as count from (${near}) near`,
    values,
  );
  return rows[0]?.count === NEAR;
}

function summaries(found: string): string {
  return `with found as materialized (${found})
    select ${SUMMARY_COLUMNS} from found join executions e on e.id = found.id ${SUMMARY_JOINS}
    order by e.created_at desc, e.id desc`;
}

/** What a filter comes to in SQL: the values so far, and what selects the newest that fit it. */
function statement(query: Query) {
  const values: unknown[] = [];
  const parameter = (value: unknown) => `$${values.push(value)}`;
  const statuses = statusesOf(query);
  const severities = severitiesOf(query);
  const conditions = conditionsOf(query, parameter);
  if (query.cursor) {
    const { createdAt, id } = readCursor(query.cursor);
    conditions.push(`(e.created_at, e.id) < (${parameter(createdAt)}::timestamptz, ${parameter(id)}::uuid)`);
  }
  // Made only where it is used: PostgreSQL refuses a value that nothing refers to.
  const grave = () => (severities.length > 0 ? [`e.severity = any(${parameter(severities)}::text[])`] : []);
  const found = ({ columns, most }: { columns: string; most: number }) => {
    const newest = `order by e.created_at desc, e.id desc limit ${most}`;
    const matching = (more: string[]) => {
      const all = [...conditions, ...more];
      return `select ${columns} from executions e ${all.length > 0 ? `where ${all.join(" and ")}` : ""} ${newest}`;
    };
    // One page for each wanted word, merged: each is found through the index that begins with it. With `status = any(…)`
    // PostgreSQL walks all rows by date, and among 100,000 executions ten failed ones are at the end.
    const merged = (words: string[], column: string, more: string[]) =>
      `select e.* from unnest(${parameter(words)}::text[]) as wanted(word)
       cross join lateral (${matching([`${column} = wanted.word`, ...more])}) e ${newest}`;
    if (statuses.length > 0) return merged(statuses, "e.status", grave());
    return severities.length > 0 ? merged(severities, "e.severity", []) : matching([]);
  };
  return { values, parameter, found };
}
