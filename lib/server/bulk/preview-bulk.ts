import type { z } from "zod";
import type { BulkRequest, BulkSample, previewBulk as endpoint } from "#lib/api/bulk.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { clientOf } from "../connections/client-of.ts";
import { prepareRun } from "./prepare-run.ts";
import { previewSample } from "./preview-sample.ts";

/** Rows looked at in detail: each may cost a call or two of the org. */
const SAMPLE_ROWS = 10;
const SAMPLES_AT_ONCE = 5;
/** Rows named that can't be started. Whoever has more of them has chosen a wrong column. */
const SHOWN_INVALID = 200;

/**
 * What running a card by hand would do. Reads from the org, changes nothing.
 *
 * @throws ApiProblem as `prepareRun`
 */
export async function previewBulk(
  actor: Actor,
  request: BulkRequest,
): Promise<z.input<typeof endpoint.answer>> {
  authorize(actor, "executions.run");
  const run = await prepareRun(request);
  const invalid = run.rows.filter(({ problems }) => problems.length > 0);
  const ready = run.rows.filter(({ problems }) => problems.length === 0);
  const sample: BulkSample[] = [];
  if (run.connection?.connector === "okta") {
    const client = clientOf(run.connection);
    for (let at = 0; at < Math.min(ready.length, SAMPLE_ROWS); at += SAMPLES_AT_ONCE) {
      const rows = ready.slice(at, Math.min(at + SAMPLES_AT_ONCE, SAMPLE_ROWS));
      sample.push(...(await Promise.all(rows.map((row) => previewSample(run, client, row)))));
    }
  }
  return {
    total: run.rows.length,
    ready: ready.length,
    effect: run.effect,
    invalid: invalid
      .slice(0, SHOWN_INVALID)
      .map(({ position, line, label, problems }) => ({ position, line, label, problems })),
    invalidCount: invalid.length,
    sample,
  };
}
