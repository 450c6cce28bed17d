import type { EnginePorts } from "#lib/engine/ports.ts";
import { raiseAlarm } from "../alarms/alarms.ts";
import type { Database } from "../db/client.ts";
import type { Prisma } from "../db/generated/client.ts";
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
 * The card of several writes the flow was paused before: its resume approves them, even were they more than the limit. A
 * single write always has room in the fresh hour; approved beside it, it went out on top of as many as the limit.
 */
const APPROVED_CARD = "writes-approved-card";

/**
 * Counts the writes of all executions of a flow within an hour, over all workers, and pauses the flow before the one too
 * many, with an alarm. Resuming it is the approval. Two statements a card that writes, and only for flows that set the limit.
 *
 * @param limit the flow's `writesPerHour`
 */
export function writeTurns(
  { pool, prisma }: Database,
  memories: FlowMemories,
  { flowId, executionId }: { flowId: string; executionId: string },
  limit: number,
): NonNullable<EnginePorts["writeTurn"]> {
  return async (path, writes) => {
    const now = new Date();
    const wait = {
      may: false,
      until: new Date(now.getTime() + ASK_AGAIN_MS),
      reason: PAUSED.writes,
    } as const;
    const card = `${executionId}/${path}`;
    const { rows } = await pool.query<Standing>(STANDING, [flowId, APPROVED, APPROVED_CARD]);
    const { paused = false, approved = 0, approved_card: approvedCard = null } = rows[0] ?? {};
    if (paused) return wait;
    const may = await memories.spend(flowId, {
      key: `writes ${approved}`,
      // The same card counts once, however often it is tried and by whichever worker.
      event: card,
      at: now,
      amount: writes,
      most: approvedCard === card ? null : limit,
      withinMs: HOUR_MS,
    });
    if (may) return { may };
    await prisma.$transaction(async (tx) => {
      const reason = reasonFor(writes, limit);
      if (!(await pauseWithin(tx, flowId, "writes", reason))) return;
      const flow = await tx.flow.findUnique({ where: { id: flowId }, select: { name: true } });
      await raiseAlarm("flow-writes", flowId, `“${flow?.name ?? flowId}” was paused. ${reason}`, tx);
      // Not at the resume: what is under way now must not start the fresh hour, and sees the pause.
      await mark(tx, flowId, APPROVED, approved + 1);
      await mark(tx, flowId, APPROVED_CARD, writes > 1 ? card : "");
    });
    return wait;
  };
}

function reasonFor(writes: number, limit: number): string {
  // Turns are counted: a write that was refused has had its own, and none was dealt before the limit was set.
  const most = `${limit} ${limit === 1 ? "write" : "writes"} an hour`;
  return writes === 1
    ? `It has used up the ${most} it may make without approval. Resuming it approves as many again.`
    : `It may make ${most} without approval, and a card that makes ${writes} would pass that. Resuming it approves this card, and as many writes again.`;
}

async function mark(tx: Prisma.TransactionClient, flowId: string, key: string, to: number | string) {
  await tx.$executeRaw`
    insert into flow_marks (flow_id, key, value) values (${flowId}::uuid, ${key}, ${storableJson(to)}::jsonb)
    on conflict (flow_id, key) do update set value = excluded.value, updated_at = now()`;
}

interface Standing {
  paused: boolean;
  approved: number;
  approved_card: string | null;
}

const STANDING = `
select coalesce(f.paused_kind = 'writes', false) as paused, coalesce((m.value)::text::int, 0) as approved,
  c.value #>> '{}' as approved_card
from flows f
left join flow_marks m on m.flow_id = f.id and m.key = $2
left join flow_marks c on c.flow_id = f.id and c.key = $3
where f.id = $1::uuid`;
