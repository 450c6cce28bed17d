import type { ExecutionFilter } from "#lib/api/executions.ts";
import { MAX_TOGETHER } from "#lib/api/executions.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { database } from "../db/client.ts";
import { conditionsOf, severitiesOf, statusesOf } from "./execution-filter.ts";

const CANCELLABLE = ["queued", "running", "waiting", "attention"];

/** A statement in the making: its text and what its parameters stand for. */
export interface Found {
  /** `select e.id, …` of the executions found, the oldest first, at most `MAX_TOGETHER`. */
  text: string;
  values: unknown[];
}

/**
 * Finds what may be retried: executions that failed, or were cancelled where the filter names that status (who cancelled
 * one meant it). One that was retried already is left to its retry, one that is on the list of a run under way to that run,
 * and one whose person was erased has no event any more.
 *
 * @param from "failed": only those whose inputs and outputs were kept
 * @throws ApiProblem bad-request for an unknown status or severity
 */
export function findRetriable(filter: ExecutionFilter, from: "failed" | "start"): Found {
  const asked = statusesOf(filter);
  const statuses =
    asked.length === 0 ? ["failed"] : asked.filter((one) => one === "failed" || one === "cancelled");
  return find(filter, statuses, [
    "f.deleted_at is null",
    from === "failed" ? "e.blanked is null" : "e.blanked is distinct from 'erased'",
    "not exists (select from executions r where r.retry_of_id = e.id)",
    NOT_LISTED,
  ]);
}

/**
 * What a run has started is not failed any more, or has its retry. As a set that is asked for once: of `not exists` PostgreSQL
 * made a loop of ten thousand by ten thousand where it had no statistics yet, and it took minutes. The limit keeps the set
 * one it can hash whatever the statistics say; it is that of ten full runs at once.
 */
const NOT_LISTED = `e.id not in (
  select (l.inputs->>'execution')::uuid from bulk_runs b join bulk_rows l on l.bulk_id = b.id
  where b.status = 'running' and b.kind = 'retry' and l.execution_id is null and l.problem is null limit 100000)`;

/**
 * Finds what may be cancelled: executions that have not ended, of the statuses the filter names.
 *
 * @throws ApiProblem bad-request for an unknown status or severity
 */
export function findCancellable(filter: ExecutionFilter): Found {
  const asked = statusesOf(filter);
  return find(
    filter,
    CANCELLABLE.filter((status) => asked.length === 0 || asked.includes(status)),
    [],
  );
}

function find(filter: ExecutionFilter, statuses: string[], more: string[]): Found {
  const values: unknown[] = [];
  const parameter = (value: unknown) => `$${values.push(value)}`;
  const severities = severitiesOf(filter);
  const conditions = [
    `e.status = any(${parameter(statuses)}::text[])`,
    ...conditionsOf(filter, parameter),
    ...(severities.length > 0 ? [`e.severity = any(${parameter(severities)}::text[])`] : []),
    ...more,
  ];
  const text = `select e.id, e.subject, e.created_at, f.name as flow_name
    from executions e join flows f on f.id = e.flow_id
    where ${conditions.join(" and ")} order by e.created_at, e.id limit ${MAX_TOGETHER}`;
  return { text, values };
}

/**
 * How many executions a filter finds that can be retried or cancelled, each at most `MAX_TOGETHER`.
 *
 * @throws ApiProblem bad-request for an unknown status or severity
 */
export async function matchingExecutions(
  actor: Actor,
  filter: ExecutionFilter,
): Promise<{ retriable: number; fromFailed: number; cancellable: number }> {
  authorize(actor, "executions.read");
  const [retriable, fromFailed, cancellable] = await Promise.all(
    [findRetriable(filter, "start"), findRetriable(filter, "failed"), findCancellable(filter)].map(count),
  );
  return { retriable: retriable ?? 0, fromFailed: fromFailed ?? 0, cancellable: cancellable ?? 0 };
}

async function count({ text, values }: Found): Promise<number> {
  const { rows } = await database().pool.query<{ count: number }>(
    `select count(*)::int as count from (${text}) found`,
    values,
  );
  return rows[0]?.count ?? 0;
}
