import type { Actor } from "#lib/server/accounts/actor.ts";
import { retryExecution } from "#lib/server/executions/retry-execution.ts";
import type { FaultStage } from "#lib/server/faults/test-fault-stage.ts";

const owner: Actor = { kind: "user", id: "chaos", name: "Chaos", role: "owner" };

/**
 * Does what a person does about executions that ask what became of a write: looks at the org, and says it.
 *
 * @returns how many had happened, how many had not
 */
export async function answerQuestions(stage: FaultStage): Promise<{ happened: number; not: number }> {
  const { db, sandbox } = stage.base;
  const asking = await db.prisma.execution.findMany({
    where: { status: "attention" },
    include: {
      steps: {
        where: { status: { in: ["succeeded", "unknown", "running"] } },
        orderBy: { sequence: "desc" },
      },
    },
  });
  let happened = 0;
  for (const { id, steps } of asking) {
    const outputs = steps.find(({ path, status }) => path === "create" && status === "succeeded")?.outputs;
    const asked = steps.find(({ status }) => status !== "succeeded");
    const about = asked && { path: asked.path, attempt: asked.attempt };
    const created =
      typeof outputs === "object" && outputs !== null && "id" in outputs ? outputs.id : undefined;
    const user = [...sandbox.org.users.all()].find((one) => one.id === created);
    const tookEffect = user?.profile.department === "Faults";
    if (tookEffect) happened += 1;
    await retryExecution(owner, id, { from: "failed", version: "same", tookEffect, about });
  }
  return { happened, not: asking.length - happened };
}
