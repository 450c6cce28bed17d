import type { z } from "zod";
import type { replayEvents as endpoint } from "#lib/api/replay.ts";
import { planFlow } from "#lib/engine/plan.ts";
import { registry } from "#lib/registry.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { audit } from "../audit/audit.ts";
import { startPortion } from "../bulk/start-portion.ts";
import type { ReplayOptions } from "../bulk/start-replays.ts";
import { database } from "../db/client.ts";
import { storableJson } from "../db/storable-json.ts";
import { refuseWrites } from "../flows/test-flow.ts";
import { ApiProblem } from "../http/problem.ts";
import { findEvents } from "./find-events.ts";
import { versionToReplay } from "./version-to-replay.ts";

type Request = z.output<NonNullable<typeof endpoint.body>>;

/** 10,000 rows take some seconds on a slow disk. */
const WRITE_WITHIN_MS = 60_000;

/**
 * Runs a flow again for events that arrived before, or plans it for them: they become the rows of a run, durable when
 * this returns, and workers start them a portion at a time. An id that was given before starts nothing.
 *
 * @throws ApiProblem not-found; invalid when the draft has errors; conflict when the version listens to nothing, changes
 *   something and nobody confirmed that, or when there are not as many events as confirmed; bad-request for an unknown
 *   status or severity
 */
export async function startReplay(actor: Actor, flowId: string, request: Request): Promise<{ id: string }> {
  authorize(actor, "executions.run");
  const { id, source, version, how, confirm, confirmWrites } = request;
  const { versionId, document, flowName } = await versionToReplay(flowId, version);
  const { text, values } = findEvents(flowId, document, source);
  if (how === "run" && !confirmWrites) refuseWrites(planFlow(document, registry), "nothing was replayed");
  const options: ReplayOptions = {
    flowId,
    versionId,
    document: versionId === null ? document : null,
    mode: how === "plan" ? "plan" : "replay",
  };
  const events = confirm === 1 ? "1 event" : `${confirm} events`;
  const on = version === "draft" ? "the draft" : `version ${version}`;
  const title = `${how === "plan" ? "Plan" : "Replay"} ${events} on ${on} of ${flowName}`;
  await database().prisma.$transaction(
    async (tx) => {
      // A double click: the second waits here for the first, and finds that there is nothing to do.
      const made = await tx.$executeRaw`
        insert into bulk_runs (id, kind, title, options, total, created_by)
        values (${id}::uuid, 'replay', ${title}, ${storableJson(options)}::jsonb, ${confirm}, ${actor.name})
        on conflict (id) do nothing`;
      if (made === 0) return;
      const rows = await tx.$executeRawUnsafe(
        `insert into bulk_rows (bulk_id, position, label, inputs)
         select $${values.length + 1}::uuid, row_number() over (order by found.published, found.id),
           left(coalesce((select string_agg(one->>'displayName', ', ')
             from jsonb_path_query(found.payload, '$.target[*]') one), found.event_type), 300),
           jsonb_build_object('event', found.id)
         from (${text}) found`,
        ...values,
        id,
      );
      requireAsMany(rows, confirm);
      await audit(actor, "flow.replay", flowId, { run: id, rows, version, how }, { within: tx });
      await startPortion(tx, id);
    },
    { timeout: WRITE_WITHIN_MS },
  );
  return { id };
}

function requireAsMany(found: number, confirmed: number): void {
  if (found === confirmed) return;
  const there = found === 1 ? "1 past event matches" : `${found} past events match`;
  throw new ApiProblem("conflict", `${there} now, not ${confirmed}; none was replayed.`, {
    hint: found === 0 ? "There is nothing to replay." : `Look again, and confirm ${found}.`,
  });
}
