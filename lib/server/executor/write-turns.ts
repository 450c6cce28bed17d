import type { EnginePorts } from "#lib/engine/ports.ts";
import type { Database } from "../db/client.ts";
import { storableJson } from "../db/storable-json.ts";
import { pauseWithin } from "../flows/pause-flow.ts";
import { PAUSED } from "../flows/paused.ts";
import type { FlowMemories } from "./flow-memory.ts";

const HOUR_MS = 3_600_000;
/** Then its turn comes, and the claim keeps it back until the flow is resumed. */
const ASK_AGAIN_MS = 1000;
/** How often writes beyond the limit were approved: who resumes the flow starts a fresh hour. */
const APPROVED = "writes-approved";

/**
 * Counts the writes of all executions of a flow within an hour, over all workers, and pauses the flow before the one too
 * many. Resuming it is the approval. Two statements a write, and only for flows that set the limit.
 *
 * @param limit the flow's `writesPerHour`
 */
export function writeTurns(
  { pool, prisma }: Database,
  memories: FlowMemories,
  { flowId, executionId }: { flowId: string; executionId: string },
  limit: number,
): NonNullable<EnginePorts["writeTurn"]> {
  return async (path) => {
    const now = new Date();
    const wait = { may: false, until: new Date(now.getTime() + ASK_AGAIN_MS), reason: PAUSED } as const;
    const { rows } = await pool.query<{ paused: boolean; approved: number }>(STANDING, [flowId, APPROVED]);
    const { paused = false, approved = 0 } = rows[0] ?? {};
    if (paused) return wait;
    const count = await memories.of(flowId).count({
      key: `writes ${approved}`,
      // The same write counts once, however often it is tried and by whichever worker.
      event: `${executionId}/${path}`,
      published: now,
      withinMs: HOUR_MS,
    });
    if (count <= limit) return { may: true };
    await prisma.$transaction(async (tx) => {
      const reason = `It made ${limit} ${limit === 1 ? "write" : "writes"} within an hour, as many as its settings allow without approval. Resuming it approves as many again.`;
      if (!(await pauseWithin(tx, flowId, "writes", reason))) return;
      // Not at the resume: what is under way now must not start the fresh hour, and sees the pause.
      const value = storableJson(approved + 1);
      await tx.$executeRaw`
        insert into flow_marks (flow_id, key, value) values (${flowId}::uuid, ${APPROVED}, ${value}::jsonb)
        on conflict (flow_id, key) do update set value = excluded.value, updated_at = now()`;
    });
    return wait;
  };
}

const STANDING = `
select coalesce(f.paused_kind = 'writes', false) as paused, coalesce((m.value)::text::int, 0) as approved
from flows f left join flow_marks m on m.flow_id = f.id and m.key = $2
where f.id = $1::uuid`;
