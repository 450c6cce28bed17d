import type { z } from "zod";
import type { retryExecution as endpoint } from "#lib/api/executions.ts";
import { askedOutputs } from "#lib/cards/asked-outputs.ts";
import { NEXT } from "#lib/cards/card.ts";
import { cardTitle } from "#lib/cards/card-title.ts";
import { convertFields } from "#lib/cards/convert.ts";
import { hasMask } from "#lib/cards/mask.ts";
import { type FlowPlan, PlanError, planFlow } from "#lib/engine/plan.ts";
import { secretWays } from "#lib/engine/secret-ways.ts";
import type { FlowDocument } from "#lib/flow/document.ts";
import { isJsonObject, type JsonObject } from "#lib/flow/json.ts";
import { DocumentError, readDocument } from "#lib/flow/migrate-document.ts";
import { catalogue, registry } from "#lib/registry.ts";
import type { Actor } from "../accounts/actor.ts";
import { connectionsOf, hiddenAttributes } from "../connections/hidden-attributes.ts";
import { database } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import { ApiProblem } from "../http/problem.ts";
import { sealOutputs } from "../secrets/seal-outputs.ts";

type Finding = Pick<z.output<NonNullable<typeof endpoint.body>>, "tookEffect" | "about" | "outputs">;

/** Of a step nobody knows the outcome of. */
const OPEN = ["unknown", "running"];

/** An execution that may wait for a person to say what became of a write. */
interface Doubtful {
  id: string;
  status: string;
  error: Prisma.JsonValue;
  /** Of the version it ran, or its own. */
  document: unknown;
}

/**
 * Notes what a person found out about the write an execution asks about: that it took effect, so that the flow goes on
 * behind its card with the outputs that are given; or that it did not, so that the card is sent again. Cards that can read
 * their outcome back do that first, for it is surer; where it still can't be told, the engine goes by the name noted here.
 *
 * @param document the version the execution goes on with: its cards say which outputs are used
 * @throws ApiProblem conflict where it took effect and no write is in doubt; bad-request for outputs that are not what the
 *   cards behind need
 */
export async function settleDoubt(
  tx: Prisma.TransactionClient,
  execution: Doubtful,
  document: unknown,
  finding: Finding,
  actor: Pick<Actor, "name">,
): Promise<void> {
  if (finding.outputs && finding.tookEffect !== true) {
    throw new ApiProblem("bad-request", "Outputs can only be given of a write that happened.", {
      hint: "Say tookEffect true along with them.",
    });
  }
  if (finding.tookEffect) await settleAsDone(tx, execution, document, finding.outputs ?? {}, actor);
  else await settleAsNotDone(tx, execution, actor);
}

async function settleAsNotDone(
  tx: Prisma.TransactionClient,
  execution: Doubtful,
  actor: Pick<Actor, "name">,
): Promise<void> {
  const path = pathInDoubt(execution);
  if (path === undefined) return;
  const card = planOf(execution.document)?.order.find((planned) => planned.id === path);
  await tx.step.updateMany({
    where: { executionId: execution.id, path, status: { in: OPEN } },
    data: {
      settledBy: actor.name,
      ...(card?.repeat === "check" ? {} : { status: "failed", settled: "person" }),
    },
  });
}

async function settleAsDone(
  tx: Prisma.TransactionClient,
  execution: Doubtful,
  document: unknown,
  given: JsonObject,
  actor: Pick<Actor, "name">,
): Promise<void> {
  const path = pathInDoubt(execution);
  const step =
    path === undefined
      ? null
      : await tx.step.findFirst({
          where: { executionId: execution.id, path, status: { in: OPEN } },
          orderBy: { attempt: "desc" },
        });
  if (!step) {
    throw new ApiProblem(
      "conflict",
      "No write of this execution is in doubt, so there is nothing to confirm.",
    );
  }
  const { executionId, attempt } = step;
  const outputs = checkedOutputs(given, documentOf(document), step.path);
  await tx.step.update({
    where: { executionId_path_attempt: { executionId, path: step.path, attempt } },
    data: {
      status: "succeeded",
      settled: "person",
      settledBy: actor.name,
      exit: NEXT.id,
      outputs: (await storedOutputs(outputs, step, document)) as Prisma.InputJsonObject,
      error: Prisma.DbNull,
      finishedAt: step.finishedAt ?? new Date(),
    },
  });
}

/** Sealed like those a card gives: a person may have been asked for a temporary password. */
async function storedOutputs(
  outputs: JsonObject,
  { executionId, path }: { executionId: string; path: string },
  document: unknown,
): Promise<JsonObject> {
  const plan = planOf(document);
  const planned = plan?.order.find(({ id }) => id === path);
  const read = documentOf(document);
  if (!plan || !planned || !read) return outputs;
  const hidden = await hiddenAttributes(database().pool, connectionsOf(read));
  const ways = secretWays(plan, hidden).get(path);
  return ways ? sealOutputs(outputs, planned, { ways, hidden, executionId }) : outputs;
}

/** What was given of a card's outputs, as the types they have. */
function checkedOutputs(given: JsonObject, document: FlowDocument | undefined, cardId: string): JsonObject {
  const fields = document ? askedOutputs(document, cardId, catalogue) : {};
  if (hasMask(given)) {
    throw new ApiProblem("bad-request", "An output holds the mark that stands for a secret in the history.", {
      hint: "Type the secret itself.",
    });
  }
  const converted = convertFields(given, fields);
  if (converted.ok) return isJsonObject(converted.value) ? converted.value : {};
  const problems = converted.problems.map(({ path, message }) => ({
    path: ["body", "outputs", ...path].join("."),
    message,
  }));
  throw new ApiProblem("bad-request", `Check the outputs: ${problems[0]?.message}`, {
    hint: "Only what later cards use can be given, and what they can't do without has to be.",
    problems,
  });
}

/**
 * Refuses an answer that comes second: somebody else was asked the same, or the write was found to be done meanwhile. The
 * flow may have gone on to another write in doubt, which must not get the answer to the first one, nor the approval of
 * further writes: so an answer about a write has to say about which.
 *
 * @throws ApiProblem conflict saying what was answered first, or which write would have got an answer that names none
 */
export async function refuseSecondAnswer(
  tx: Prisma.TransactionClient,
  execution: Doubtful,
  { about, tookEffect }: Finding,
): Promise<void> {
  if (tookEffect === undefined) return;
  const asking = execution.status === "attention";
  const path = pathInDoubt(execution);
  const where = { executionId: execution.id };
  if (!about && asking) {
    const asked = { ...where, path, status: { in: OPEN } };
    if (path !== undefined && (await tx.step.count({ where: asked })) > 0) throw unnamed(execution, path);
    return;
  }
  const step = about
    ? await tx.step.findFirst({ where: { ...where, ...about } })
    : await tx.step.findFirst({
        where: { ...where, settledBy: { not: null } },
        orderBy: { sequence: "desc" },
      });
  if (!step && !about) return;
  if (asking && step && OPEN.includes(step.status) && step.path === path) return;
  const title = titleOf(documentOf(execution.document), step?.path ?? about?.path ?? "");
  if (step?.settled === "readBack") {
    const found = step.status === "succeeded" ? "happened" : "did not happen";
    throw new ApiProblem("conflict", `“${title}” was read back meanwhile: it ${found}.`);
  }
  if (!step?.settledBy) {
    throw new ApiProblem("conflict", `Whether “${title}” happened is not asked any more.`, {
      hint: "Look at the execution again: it has changed since.",
    });
  }
  const happened = step.status === "succeeded";
  throw new ApiProblem(
    "conflict",
    `${step.settledBy} was first and said that “${title}” ${happened ? "happened" : "did not happen"}.`,
    {
      hint: happened
        ? "The execution went on behind it; your answer changed nothing."
        : "It was sent again; your answer changed nothing.",
    },
  );
}

function unnamed({ document }: Doubtful, path: string): ApiProblem {
  const title = titleOf(documentOf(document), path);
  return new ApiProblem("conflict", `“${title}” may or may not have happened; the answer names no write.`, {
    hint: "Look for that one in the connected system, and repeat its card's path and attempt in “about”.",
  });
}

function titleOf(document: FlowDocument | undefined, cardId: string): string {
  const node = document?.cards[cardId];
  return node ? cardTitle(node, catalogue.card(node.card)) : cardId;
}

/** Path of the card whose outcome a person has to settle. */
function pathInDoubt({ status, error }: Doubtful): string | undefined {
  if (status !== "attention" || typeof error !== "object" || error === null || Array.isArray(error))
    return undefined;
  return typeof error.path === "string" ? error.path : undefined;
}

/** Undefined when the document can't be planned any more; the run itself then says why. */
function planOf(document: unknown): FlowPlan | undefined {
  const read = documentOf(document);
  try {
    return read && planFlow(read, registry);
  } catch (error) {
    if (error instanceof PlanError) return undefined;
    throw error;
  }
}

function documentOf(document: unknown): FlowDocument | undefined {
  try {
    return readDocument(document);
  } catch (error) {
    if (error instanceof DocumentError) return undefined;
    throw error;
  }
}
