import { setTimeout as sleep } from "node:timers/promises";
import type { FaultStage } from "#lib/server/faults/test-fault-stage.ts";
import type { Struck } from "./fleet.ts";

const LOOK_EVERY_MS = 50;
const LOOK_FOR_MS = 120_000;

/** How long it took, in milliseconds, until another worker took up what a killed one was at. */
export async function takeoverTimes(stage: FaultStage, { executions, killedAt }: Struck): Promise<number[]> {
  const open = new Map(executions);
  const times: number[] = [];
  while (open.size > 0 && Date.now() - killedAt < LOOK_FOR_MS) {
    await sleep(LOOK_EVERY_MS);
    const rows = await stage.base.db.prisma.execution.findMany({
      where: { id: { in: [...open.keys()] } },
      select: { id: true, fence: true, status: true },
    });
    for (const { id, fence, status } of rows) {
      const taken = fence > (open.get(id) ?? 0);
      if (taken) times.push(Date.now() - killedAt);
      // It had ended, or begun to wait, between our look at it and the kill.
      if (taken || status !== "running") open.delete(id);
    }
  }
  return times;
}
