import { setTimeout as sleep } from "node:timers/promises";
import type { FaultStage, Pair } from "#lib/server/faults/test-fault-stage.ts";
import type { TestWeb } from "#lib/server/faults/test-web.ts";

const PORTION = 10;
const LOOK_EVERY_MS = 40;

/** Sends events so that there is always more to do than the workers can run at once. */
export class Load {
  readonly #stage: FaultStage;
  readonly #web: TestWeb;
  readonly #backlog: number;
  #sending: Promise<void> | undefined;
  #over = false;
  /** Whom the events sent are about; each was answered 204. */
  readonly sent: Pair[] = [];

  /** @param backlog executions that are to be under way or queued at any time */
  constructor(stage: FaultStage, web: TestWeb, backlog: number) {
    this.#stage = stage;
    this.#web = web;
    this.#backlog = backlog;
  }

  start(): void {
    this.#sending = this.#send();
  }

  /** Sends no more. @throws what went wrong while sending */
  async stop(): Promise<void> {
    this.#over = true;
    await this.#sending;
  }

  async #send(): Promise<void> {
    const { prisma } = this.#stage.base.db;
    while (!this.#over) {
      const open = await prisma.execution.count({
        where: { status: { in: ["queued", "running", "waiting"] } },
      });
      if (open >= this.#backlog) await sleep(LOOK_EVERY_MS);
      else await this.#portion();
    }
  }

  async #portion(): Promise<void> {
    const pairs = await this.#stage.pairs(PORTION);
    const status = await this.#stage.deliver(
      this.#web,
      pairs.map((pair) => this.#stage.eventAbout(pair)),
    );
    if (status !== 204) throw new Error(`A delivery was answered ${status}.`);
    this.sent.push(...pairs);
  }
}
