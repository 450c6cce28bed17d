import type { FlowCall } from "#lib/api/flows.ts";
import { database } from "../db/client.ts";

/**
 * Which flows that are on call which other flow when a card of them fails. Those called are named even where they are
 * gone or off: nothing would be called then, and who looks at the list is to know before a card fails.
 */
export async function flowCalls(): Promise<FlowCall[]> {
  const { rows } = await database().pool.query<FlowCall>(CALLS);
  return rows;
}

const CALLS = `
select distinct f.id as "from", call #>> '{}' as "to"
from flows f
join flow_versions v on v.id = f.live_version_id
cross join lateral jsonb_path_query(v.document, '$.cards.*.onError ? (@.after == "call").flow') call
where f.deleted_at is null and f.kind = 'flow' and f."on"
order by 1, 2`;
