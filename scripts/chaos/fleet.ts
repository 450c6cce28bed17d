import type { TestWorker } from "#lib/server/executor/test-worker.ts";
import type { FaultStage } from "#lib/server/faults/test-fault-stage.ts";

interface Member {
  worker: TestWorker;
  /** Id of its row in `workers`. */
  id: string;
}

/** What a worker had taken up when it was killed. */
export interface Struck {
  /** Executions that ran in it, with the number of their claim. */
  executions: Map<string, number>;
  killedAt: number;
}

const RUNNING_IN = `
select e.id, e.fence from workers w
join graphile_worker._private_jobs j on j.locked_by = any(w.queue_ids)
join executions e on 'execution:' || e.id = j.key
where w.id = $1 and e.status = 'running'`;

/** The workers there are, and which database row is whose. */
export class Fleet {
  readonly #stage: FaultStage;
  readonly #members: Member[] = [];
  readonly #known = new Set<string>();
  /** One start after the other, so that a new row in `workers` has one owner. */
  #starting: Promise<void> = Promise.resolve();

  constructor(stage: FaultStage) {
    this.#stage = stage;
  }

  get size(): number {
    return this.#members.length;
  }

  /** Starts one more. Fulfilled when it takes executions. */
  add(): Promise<void> {
    // One that could not be started is told of where it was asked for; the next may be.
    const before = this.#starting.catch(() => undefined);
    this.#starting = before.then(async () => {
      const worker = await this.#stage.startWorker();
      const rows = await this.#stage.base.db.prisma.worker.findMany({ select: { id: true } });
      const row = rows.find(({ id }) => !this.#known.has(id));
      if (!row) throw new Error("A worker that said it is ready has no row in the database.");
      this.#known.add(row.id);
      this.#members.push({ worker, id: row.id });
    });
    return this.#starting;
  }

  /** Kills any one of them, and says what it was at. */
  async killOne(): Promise<Struck> {
    const [member] = this.#members.splice(Math.floor(Math.random() * this.#members.length), 1);
    if (!member) throw new Error("There is no worker to kill.");
    const { rows } = await this.#stage.base.db.pool.query<{ id: string; fence: number }>(RUNNING_IN, [
      member.id,
    ]);
    const killedAt = Date.now();
    await member.worker.kill();
    return { executions: new Map(rows.map(({ id, fence }) => [id, fence])), killedAt };
  }

  /** Waits for those that are being started. */
  settled(): Promise<void> {
    return this.#starting;
  }
}
