import type { Pool } from "pg";
import type { FlowPlan } from "#lib/engine/plan.ts";
import { isJsonObject, type Json } from "#lib/flow/json.ts";
import { DEFAULT_RUNS_PER_USER } from "#lib/flow/settings.ts";
import type { Claim } from "./claim.ts";

/** How long it is remembered as whom a connection acts. */
const KNOWN_MS = 60_000;

interface Self {
  admin_login: string | null;
  client_id: string | null;
}

/**
 * Finds flows that start themselves: one that adds users to a group and listens to users being added to groups hears its
 * own change. Okta names as the actor of such an event whoever the connection acts as: the token's admin, or the app.
 *
 * Events of other actors cost nothing but a look at a connection's row every minute.
 */
export class LoopGuard {
  readonly #pool: Pool;
  readonly #selves = new Map<string, { self: Promise<Self | undefined>; until: number }>();

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /**
   * Why an execution that has not begun does not run: its flow ran more often about the same user within an hour, on
   * events its own connection caused, than its settings allow. What a person retries runs all the same.
   *
   * @returns undefined where it may run
   */
  async stops({ run }: Claim, plan: FlowPlan): Promise<string | undefined> {
    const alias = plan.event.node.connection;
    if (run.mode !== "live" || !run.fresh || alias === undefined) return undefined;
    const { actor } = run.trigger;
    if (!isJsonObject(actor) || !acts(await this.#self(alias), actor)) return undefined;
    const most = plan.settings.runsPerUser ?? DEFAULT_RUNS_PER_USER;
    const { rows } = await this.#pool.query<{ runs: number }>(RUNS, [run.id]);
    const runs = rows[0]?.runs ?? 0;
    if (runs <= most) return undefined;
    return `Stopped as a loop: this is execution ${runs} about the same user within an hour that was started by a change made from here; the flow's settings allow ${most}.`;
  }

  #self(alias: string): Promise<Self | undefined> {
    const known = this.#selves.get(alias);
    if (known && known.until > Date.now()) return known.self;
    const self = this.#pool
      .query<Self>("select admin_login, client_id from connections where alias = $1", [alias])
      .then(({ rows }) => rows[0]);
    this.#selves.set(alias, { self, until: Date.now() + KNOWN_MS });
    // Not knowing is not to be remembered.
    self.catch(() => this.#selves.delete(alias));
    return self;
  }
}

function acts(self: Self | undefined, { id, alternateId }: { [key: string]: Json }): boolean {
  if (!self) return false;
  if (self.client_id !== null && id === self.client_id) return true;
  const login = self.admin_login?.toLowerCase();
  return login !== undefined && typeof alternateId === "string" && alternateId.toLowerCase() === login;
}

/** Those that were stopped did not run and are not counted, so that as many as allowed run in every hour. */
const RUNS = `
select count(*)::int as runs
from executions x
join events mine on mine.id = x.event_id
join events v on v.connection_id = mine.connection_id and v.about = mine.about
  and v.published between mine.published - interval '1 hour' and mine.published
  and v.payload -> 'actor' ->> 'id' = mine.payload -> 'actor' ->> 'id'
join executions e on e.event_id = v.id and e.flow_id = x.flow_id and e.mode = 'live' and e.retry_of_id is null and e.ran
where x.id = $1::uuid and x.retry_of_id is null`;
