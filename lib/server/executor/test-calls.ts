import { CardError } from "#lib/cards/errors.ts";
import type { FlowDocument } from "#lib/flow/document.ts";
import type { Actor } from "../accounts/actor.ts";
import type { Database } from "../db/client.ts";
import { addFlow, documentOf } from "../db/test-records.ts";
import { getExecution } from "../executions/get-execution.ts";
import { oktaEvent } from "../intake/test-events.ts";
import { enqueueExecutions } from "../queue/enqueue.ts";

/** For tests: who looks on. */
export const actor: Actor = { kind: "user", id: "u1", name: "Ann", role: "owner" };

/** An event, then calls one after the other: `POST /api/v1/a` as a card that must not be repeated blindly. */
export function calling(...calls: string[]): FlowDocument {
  const ids = calls.map((_, index) => `c${index + 1}`);
  const cards = calls.map((call, index) => {
    const [method = "", url = ""] = call.split(" ");
    const inputs = { relativeUrl: { value: url } };
    return [ids[index], { card: "okta.api.custom", v: 1, connection: "okta", options: { method }, inputs }];
  });
  return documentOf({
    cards: {
      e: { card: "okta.events.custom", v: 1, connection: "okta", options: {} },
      ...Object.fromEntries(cards),
    },
    edges: ids.map((id, index) => ({ from: ids[index - 1] ?? "e", out: "next", to: id })),
  });
}

/** Two calls that must not be repeated blindly. */
export const A = "POST /api/v1/a";
export const B = "POST /api/v1/b";

/** For tests: an execution that is queued. */
export async function started(db: Database, document = calling(A, B)) {
  const flow = await addFlow(db, { document });
  const { id } = await db.prisma.execution.create({
    data: {
      flowId: flow.id,
      versionId: flow.versionId,
      mode: "live",
      trigger: oktaEvent() as object,
      subject: "Ann",
    },
  });
  await enqueueExecutions(db.pool, [id]);
  return { id, flow };
}

/** For tests: an execution as people see it. */
export const view = (id: string) => getExecution(actor, id);

/** "c1 1 failed": path, attempt and status of each step, and who settled it. */
export const stepsOf = async (id: string) =>
  (await view(id)).steps.map(({ path, attempt, status, settled }) =>
    [path, attempt, status, ...(settled ? [settled] : [])].join(" "),
  );

/** How many queue entries it has that are still taken up. */
export const jobs = async (db: Database, id: string) =>
  (
    await db.pool.query("select 1 from graphile_worker.jobs where key = $1 and attempts < max_attempts", [
      `execution:${id}`,
    ])
  ).rowCount;

/** For tests: what Okta answers where a card fails for good. */
export const refuse = () => {
  throw new CardError("Okta said no.", { kind: "refused", code: "E0000001", status: 400 });
};

/** For tests: a call that left and was never answered. */
export const losingAnswer = () => {
  throw new CardError("No answer.", { kind: "unavailable", code: "no-answer", sent: true });
};

/** For tests: the code a request is refused with. */
export const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "no error",
    (error: { code: string }) => error.code,
  );
