import { setTimeout as sleep } from "node:timers/promises";
import type { FaultStage } from "#lib/server/faults/test-fault-stage.ts";
import { ALONE_FROM } from "#lib/server/queue/suspects.ts";
import type { Struck } from "./fleet.ts";

const LOOK_EVERY_MS = 50;
const LOOK_FOR_MS = 120_000;

/** One execution a killed worker was at. */
export interface Takeover {
  /** Milliseconds from the kill until another worker took it up. */
  ms: number;
  /** It was struck at the same place before: such ones run in processes of their own, which start first. */
  alone: boolean;
}

/** How long it took until other workers took up what a killed one was at. */
export async function takeoverTimes(
  stage: FaultStage,
  { executions, killedAt }: Struck,
): Promise<Takeover[]> {
  const open = new Map(executions);
  const times: Takeover[] = [];
  while (open.size > 0 && Date.now() - killedAt < LOOK_FOR_MS) {
    await sleep(LOOK_EVERY_MS);
    const rows = await stage.base.db.prisma.execution.findMany({
      where: { id: { in: [...open.keys()] } },
      select: { id: true, fence: true, status: true, crashes: true },
    });
    for (const { id, fence, status, crashes } of rows) {
      const taken = fence > (open.get(id) ?? 0);
      if (taken) times.push({ ms: Date.now() - killedAt, alone: crashes >= ALONE_FROM });
      // It had ended, or begun to wait, between our look at it and the kill.
      if (taken || status !== "running") open.delete(id);
    }
  }
  return times;
}
