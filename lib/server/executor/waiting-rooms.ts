import type { Pool } from "pg";
import type { ExecutionRun } from "#lib/engine/execution.ts";
import type { WaitingPlace, WaitingRoom } from "#lib/engine/ports.ts";
import { log } from "../log.ts";

/**
 * Where the executions of a worker wait for a rate limit in the middle of a card: for a further page of a list, or a
 * further call. They take half of the worker's places at most: 16 lists that waited for a bucket of 60 calls a minute took
 * all 16 places of a worker, and events of another flow, for another bucket, stayed queued for a minute; so did 8 cards that
 * add a user to six groups each.
 *
 * A list keeps its place until it ends, a card of several calls until its execution leaves the worker, so that those that
 * came first come to their end. Were a place given back after each wait, they would send each other back to their first
 * calls for ever.
 */
export class WaitingRooms {
  readonly #pool: Pool;
  readonly #places: number;
  #taken = 0;

  /** @param concurrency executions the process runs at once; without it any number may wait */
  constructor(pool: Pool, concurrency = Number.POSITIVE_INFINITY) {
    this.#pool = pool;
    // With a concurrency of one there must be one all the same: a long list would never end.
    this.#places = Math.max(1, Math.floor(concurrency / 2));
  }

  /**
   * The room of an execution, which is one of the worker's places however much of it waits. Shows its waits in the
   * execution's row for as long as the claim holds.
   */
  of(run: Pick<ExecutionRun, "id" | "fence">): WaitingRoom & { close: () => void } {
    const holding = new Set<WaitingPlace>();
    const leave = (place: WaitingPlace) => {
      if (holding.delete(place) && holding.size === 0) this.#taken--;
    };
    return {
      place: () => this.#place(run, holding, leave),
      close: () => {
        for (const place of holding) leave(place);
      },
    };
  }

  #place(
    { id, fence }: Pick<ExecutionRun, "id" | "fence">,
    holding: Set<WaitingPlace>,
    leave: (place: WaitingPlace) => void,
  ): WaitingPlace {
    let told = false;
    const place: WaitingPlace = {
      take: () => {
        if (holding.size === 0) {
          if (this.#taken >= this.#places) return false;
          this.#taken++;
        }
        holding.add(place);
        return true;
      },
      tell: async (reason, waitMs) => {
        told = true;
        await this.#show(id, fence, reason, waitMs);
      },
      goOn: async () => {
        if (!told) return;
        told = false;
        await this.#show(id, fence, null, null);
      },
      leave: () => leave(place),
    };
    return place;
  }

  /** What can't be shown is no reason not to wait. */
  async #show(id: string, fence: number, reason: string | null, waitMs: number | null): Promise<void> {
    try {
      await this.#pool.query({ name: "show-wait", text: SHOW_WAIT, values: [id, fence, reason, waitMs] });
    } catch (err) {
      log.warn(
        { executionId: id, err },
        "What an execution waits for in the middle of a card could not be shown.",
      );
    }
  }
}

/** By the database's clock, as all other waits: the workers' may be minutes apart. */
const SHOW_WAIT = `
update executions set reason = $3, waiting_until = now() + $4::float8 * interval '1 millisecond'
where id = $1::uuid and fence = $2::int and status = 'running'`;
