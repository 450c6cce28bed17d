import type { z } from "zod";
import type { retryExecutions as endpoint } from "#lib/api/executions.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { audit } from "../audit/audit.ts";
import { database } from "../db/client.ts";
import { namesOf } from "../executions/execution-filter.ts";
import { findRetriable } from "../executions/matching-executions.ts";
import { requireConfirmed } from "../executions/require-confirmed.ts";
import { startPortion } from "./start-portion.ts";

type Request = z.output<NonNullable<typeof endpoint.body>>;

/** 10,000 rows take some seconds on a slow disk. */
const WRITE_WITHIN_MS = 60_000;

/**
 * Retries all executions a filter finds, the oldest first: they become the rows of a run, durable when this returns, and
 * workers start them a portion at a time. An id that was given before starts nothing.
 *
 * @throws ApiProblem bad-request for an unknown status or severity; conflict when there are not as many as confirmed
 */
export async function startRetryRun(actor: Actor, request: Request): Promise<{ id: string }> {
  authorize(actor, "executions.run");
  const { id, filter, from, version, confirm } = request;
  const { text, values } = findRetriable(filter, from);
  await database().prisma.$transaction(
    async (tx) => {
      // Two people at once: the second finds what the first has left. Executions have no lock both would meet at.
      await tx.$queryRaw`select 1 as ok from pg_advisory_xact_lock(hashtextextended('retry-run', 0))`;
      const title = `Retry ${confirm === 1 ? "1 execution" : `${confirm} executions`}`;
      // A double click: the second waits here for the first, and finds that there is nothing to do.
      const made = await tx.$executeRaw`
        insert into bulk_runs (id, kind, title, options, total, created_by)
        values (${id}::uuid, 'retry', ${title}, ${JSON.stringify({ from, version })}::jsonb, ${confirm}, ${actor.name})
        on conflict (id) do nothing`;
      if (made === 0) return;
      const rows = await tx.$executeRawUnsafe(
        `insert into bulk_rows (bulk_id, position, label, inputs)
         select $${values.length + 1}::uuid, row_number() over (order by found.created_at, found.id),
           left(coalesce(nullif(found.subject, ''), found.flow_name), 300), jsonb_build_object('execution', found.id)
         from (${text}) found`,
        ...values,
        id,
      );
      requireConfirmed(rows, confirm, "retried");
      await audit(
        actor,
        "execution.retry-many",
        id,
        { rows, from, version, filters: namesOf(filter) },
        { within: tx },
      );
      await startPortion(tx, id);
    },
    { timeout: WRITE_WITHIN_MS },
  );
  return { id };
}
