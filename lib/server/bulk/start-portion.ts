import { byHand } from "#lib/connectors/core/by-hand.ts";
import { CURRENT_FORMAT, type FlowDocument } from "#lib/flow/document.ts";
import type { JsonObject } from "#lib/flow/json.ts";
import type { Value } from "#lib/flow/value.ts";
import { registry } from "#lib/registry.ts";
import type { Prisma } from "../db/generated/client.ts";
import { storableJson } from "../db/storable-json.ts";
import { enqueueWithin } from "../queue/enqueue.ts";
import { manualFlowId } from "./manual-flow.ts";
import { startReplays } from "./start-replays.ts";
import { startRetries } from "./start-retries.ts";

/**
 * Executions of one run under way at once. Enough to keep a few workers busy; so few that an event which arrives in the
 * middle waits for a moment only, that a stop has little to take back, and that Okta's rate limit is met by forty
 * executions and not by ten thousand.
 */
const UNDER_WAY = 40;

interface RunRow {
  kind: string;
  title: string;
  card_id: string | null;
  connection: string | null;
  options: JsonObject;
  created_by: string;
  total: number;
  under_way: number;
}

interface Row {
  position: number;
  label: string;
  inputs: JsonObject;
}

/**
 * Starts as many rows of a run as may be under way, and ends the run where none is left. Within one transaction:
 * a row has its execution and its queue entry, or none of both. A run another process is at is left to it.
 */
export async function startPortion(tx: Prisma.TransactionClient, bulkId: string): Promise<void> {
  const [run] = await tx.$queryRaw<RunRow[]>`
    select b.kind, b.title, b.card_id, b.connection, b.options, b.created_by, b.total,
      case when b.kind = 'card' then
        (select count(*)::int from executions e
         where e.bulk_id = b.id and e.bulk_id is not null and e.status in ('queued', 'running', 'waiting'))
      else
        (select count(*)::int from bulk_rows r join executions e on e.id = r.execution_id
         where r.bulk_id = b.id and e.status in ('queued', 'running', 'waiting'))
      end as under_way
    from bulk_runs b where b.id = ${bulkId}::uuid and b.status = 'running' for update of b skip locked`;
  if (!run) return;
  const free = UNDER_WAY - run.under_way;
  if (free <= 0) return;
  const rows = await tx.$queryRaw<Row[]>`
    select position, label, inputs from bulk_rows
    where bulk_id = ${bulkId}::uuid and execution_id is null and problem is null
    order by position limit ${free}`;
  if (rows.length > 0 && run.card_id !== null) {
    await start(tx, bulkId, { ...run, card_id: run.card_id }, rows);
  } else if (rows.length > 0 && run.kind === "replay") {
    await startReplays(tx, bulkId, run.options, rows, priorityOf(run));
  } else if (rows.length > 0) await startRetries(tx, bulkId, run.options, rows);
  else if (run.under_way === 0) {
    await tx.$executeRaw`
      update bulk_runs set status = 'finished', finished_at = now() where id = ${bulkId}::uuid`;
  }
}

type CardRun = RunRow & { card_id: string };

async function start(tx: Prisma.TransactionClient, bulkId: string, run: CardRun, rows: Row[]): Promise<void> {
  const executions = rows.map(({ position, label, inputs }) => ({
    position,
    document: documentOf(run, inputs),
    trigger: { startedBy: run.created_by, row: position, label },
    subject: label,
  }));
  const started = await tx.$queryRaw<{ id: string }[]>`
    with given as (
      select flowdeck_uuidv7() as id, g.*
      from jsonb_to_recordset(${storableJson(executions)}::jsonb)
        as g(position int, document jsonb, trigger jsonb, subject text)
    ), made as (
      insert into executions (id, flow_id, document, mode, trigger, subject, bulk_id)
      select id, ${manualFlowId(run.card_id)}::uuid, document, 'manual', trigger, subject, ${bulkId}::uuid from given
    )
    update bulk_rows r set execution_id = given.id
    from given where r.bulk_id = ${bulkId}::uuid and r.position = given.position
    returning given.id`;
  await enqueueWithin(
    tx,
    started.map(({ id }) => id),
    priorityOf(run),
  );
}

/** Whoever runs a card once, or replays one event, looks on; a list goes after everything else. */
function priorityOf({ total }: RunRow): "test" | "manual" {
  return total === 1 ? "test" : "manual";
}

function documentOf({ title, card_id, connection, options }: CardRun, inputs: JsonObject): FlowDocument {
  const { id, version } = byHand.description;
  const values = Object.entries(inputs).map(([key, value]): [string, Value] => [key, { value }]);
  return {
    format: CURRENT_FORMAT,
    name: title,
    cards: {
      c1: { card: id, v: version },
      c2: {
        card: card_id,
        v: registry.card(card_id)?.description.version ?? 1,
        ...(connection === null ? {} : { connection }),
        ...(Object.keys(options).length > 0 ? { options } : {}),
        inputs: Object.fromEntries(values),
      },
    },
    edges: [{ from: "c1", out: "next", to: "c2" }],
    layout: { c1: [0, 0], c2: [360, 0] },
  };
}
