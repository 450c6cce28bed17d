import type { z } from "zod";
import type { startBulk as endpoint } from "#lib/api/bulk.ts";
import { conceal } from "#lib/engine/conceal.ts";
import type { JsonObject } from "#lib/flow/json.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { audit } from "../audit/audit.ts";
import { database } from "../db/client.ts";
import type { Prisma } from "../db/generated/client.ts";
import { storableJson, storableText } from "../db/storable-json.ts";
import { ApiProblem } from "../http/problem.ts";
import { addManualFlow } from "./manual-flow.ts";
import { type PreparedRun, prepareRun } from "./prepare-run.ts";
import { sealSecrets } from "./secret-inputs.ts";
import { startPortion } from "./start-portion.ts";

type Request = z.output<NonNullable<typeof endpoint.body>>;

/** 10,000 rows with long cells take some seconds on a slow disk. */
const WRITE_WITHIN_MS = 60_000;

/**
 * Starts running a card by hand. All rows are durable when it returns and the first of them are under way; workers start
 * the others a portion at a time. An id that was given before starts nothing.
 *
 * @throws ApiProblem as `prepareRun`; bad-request when rows can't be started and nobody said to leave them out; conflict when
 *   the card changes something and nobody confirmed for how many rows
 */
export async function startBulk(actor: Actor, request: Request): Promise<{ id: string }> {
  authorize(actor, "executions.run");
  const { id } = request;
  const { prisma } = database();
  if (await prisma.bulkRun.findUnique({ where: { id }, select: { id: true } })) return { id };
  const run = await prepareRun(request);
  const ready = run.rows.filter(({ problems }) => problems.length === 0).length;
  refuseInvalid(request, run, ready);
  refuseUnconfirmed(request, run, ready);
  await prisma.$transaction(
    async (tx) => {
      // A double click: the second waits here for the first, and finds that there is nothing to do.
      const made = await tx.$executeRaw`
        insert into bulk_runs (id, kind, title, card_id, connection, options, total, created_by)
        values (${id}::uuid, 'card', ${run.card.description.title}, ${request.card}, ${run.connection?.alias ?? null},
                ${storableJson(request.options)}::jsonb, ${run.rows.length}, ${actor.name})
        on conflict (id) do nothing`;
      if (made === 0) return;
      await addManualFlow(tx, run.card.description, actor);
      await addRows(tx, id, run);
      const { alias = null } = run.connection ?? {};
      const detail = { card: request.card, connection: alias, rows: run.rows.length, ready };
      await audit(actor, "bulk.start", id, detail, { within: tx });
      await startPortion(tx, id);
    },
    { timeout: WRITE_WITHIN_MS },
  );
  return { id };
}

function refuseInvalid({ leaveOutInvalid }: Request, { rows }: PreparedRun, ready: number): void {
  if (ready === rows.length || (leaveOutInvalid && ready > 0)) return;
  const first = rows.find(({ problems }) => problems.length > 0);
  const where = first?.line ? `line ${first.line}` : `row ${first?.position}`;
  const count = rows.length - ready;
  throw new ApiProblem(
    "bad-request",
    `${count === 1 ? "One row" : `${count} rows`} can't be started; the first is ${where}: ${first?.problems.join(" ")}`,
    { hint: ready > 0 ? "Mend them, or leave them out (leaveOutInvalid)." : "Mend them." },
  );
}

function refuseUnconfirmed({ confirmWrites }: Request, { effect, card }: PreparedRun, ready: number): void {
  if (effect !== "write" || confirmWrites === ready) return;
  const { title } = card.description;
  throw new ApiProblem("conflict", `${title} changes the org ${ready} times; it was not started.`, {
    hint: `Confirm that number (confirmWrites: ${ready}).`,
  });
}

async function addRows(
  tx: Prisma.TransactionClient,
  bulkId: string,
  { rows, fields, connection }: PreparedRun,
): Promise<void> {
  const hidden = new Set(connection?.hiddenAttributes);
  const concealed = (inputs: JsonObject) => conceal({ inputs: fields }, inputs, undefined, { hidden });
  const written = rows.map(({ position, label, inputs, problems }) => ({
    position,
    label: storableText(label),
    inputs: sealSecrets(inputs, fields, bulkId, hidden),
    // A refusal repeats what it refuses.
    problem: problems.length > 0 ? concealed(inputs).reason(problems.join(" "), false) : null,
  }));
  await tx.$executeRaw`
    insert into bulk_rows (bulk_id, position, label, inputs, problem)
    select ${bulkId}::uuid, r.position, r.label, r.inputs, r.problem
    from jsonb_to_recordset(${storableJson(written)}::jsonb) as r(position int, label text, inputs jsonb, problem text)`;
}
