import type { Pool } from "pg";
import type { ExecutionRun } from "#lib/engine/execution.ts";
import type { JsonObject } from "#lib/flow/json.ts";

/** An execution this process may now run. */
export interface Claim {
  run: ExecutionRun;
  flowId: string;
  cancelRequested: boolean;
  /** The version to run; null for a test, whose document the execution carries itself. */
  versionId: string | null;
}

interface ClaimRow {
  fence: number;
  flow_id: string;
  mode: ExecutionRun["mode"];
  version_id: string | null;
  cancel_requested: boolean;
  trigger: JsonObject | null;
}

/**
 * Takes an execution over: from now on statements of every earlier claim are refused.
 *
 * @returns undefined when it has ended, needs a person, or is gone
 */
export async function claimExecution(pool: Pool, executionId: string): Promise<Claim | undefined> {
  const { rows } = await pool.query<ClaimRow>({
    name: "claim-execution",
    text: CLAIM,
    values: [executionId],
  });
  const [row] = rows;
  if (!row) return undefined;
  const { fence, flow_id: flowId, mode, version_id: versionId, cancel_requested: cancelRequested } = row;
  // Only claims write steps, and this is the first one.
  const fresh = fence === 1;
  const run = { id: executionId, fence, mode, fresh, trigger: row.trigger ?? {} };
  return { run, flowId, cancelRequested, versionId };
}

const CLAIM = `
update executions e set
  fence = e.fence + 1, status = 'running', reason = null, waiting_until = null, started_at = coalesce(e.started_at, now())
where e.id = $1::uuid and e.status in ('queued', 'running', 'waiting')
returning e.fence, e.flow_id, e.mode, e.version_id, e.cancel_requested,
  coalesce(e.trigger, (select v.payload from events v where v.id = e.event_id)) as trigger`;
