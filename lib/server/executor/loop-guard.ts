import type { Pool } from "pg";
import type { StepError } from "#lib/engine/execution.ts";
import type { FlowPlan } from "#lib/engine/plan.ts";
import { isJsonObject, type Json, type JsonObject } from "#lib/flow/json.ts";
import { DEFAULT_RUNS_PER_USER } from "#lib/flow/settings.ts";
import { raiseAlarm } from "../alarms/alarms.ts";
import type { Database } from "../db/client.ts";
import type { Claim } from "./claim.ts";

/** How long it is remembered as whom the connections to an org act. */
const KNOWN_MS = 60_000;
/** Code of the error an execution that was stopped ends with. */
const LOOP = "loop";

/** As whom the connections to an org act: logins in small letters, and ids of apps. */
interface Selves {
  logins: ReadonlySet<string>;
  apps: ReadonlySet<string>;
}

/**
 * Finds flows that start themselves: one that adds users to a group and listens to users being added to groups hears its
 * own change. Okta names as the actor of such an event whoever the connection that wrote acts as, which need not be the
 * one that listens; where the write made a group rule act, it names its system.
 *
 * People and Okta's system cause such events too. What they do counts only once the flow has written about that person,
 * so that a flow that only reads, or never wrote about somebody, loses nothing.
 *
 * Events of other actors cost nothing but a look at the connections every minute.
 */
export class LoopGuard {
  readonly #database: Database;
  readonly #selves = new Map<string, { selves: Promise<Selves>; until: number }>();

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Why an execution that has not begun does not run: since its flow first wrote about the same user within the hour, it
   * ran more often about that user, on events its writes may have caused, than its settings allow. An alarm tells of it.
   * What a person retries runs all the same.
   *
   * @returns undefined where it may run
   */
  async stops({ run, flowId }: Claim, plan: FlowPlan): Promise<StepError | undefined> {
    const alias = plan.event.node.connection;
    if (run.mode !== "live" || !run.fresh || alias === undefined) return undefined;
    const { actor } = run.trigger;
    if (!isJsonObject(actor)) return undefined;
    const writes = plan.order.filter(({ effect }) => effect === "write").map(({ id }) => id);
    if (writes.length === 0) return undefined;
    const selves = await this.#selvesOf(alias);
    if (!mayBeOurs(actor, selves)) return undefined;
    const most = plan.settings.runsPerUser ?? DEFAULT_RUNS_PER_USER;
    const { pool, prisma } = this.#database;
    const given = [run.id, writes, [...selves.logins], [...selves.apps]];
    const { rows } = await pool.query<Runs>(RUNS, given);
    const { runs = 0, about = null } = rows[0] ?? {};
    if (runs <= most) return undefined;
    const flow = await prisma.flow.findUnique({ where: { id: flowId }, select: { name: true } });
    const whom = nameOf(run.trigger, about);
    await raiseAlarm(
      "flow-loop",
      flowId,
      `“${flow?.name ?? flowId}” seems to start itself: it ran about ${whom} ${most} times within an hour, as often as its settings allow, on changes its own writes may have caused. Further executions fail until that is over.`,
      prisma,
    );
    return {
      kind: "input",
      code: LOOP,
      message: `Stopped as a loop: this is execution ${runs} about the same user within an hour on changes the flow's own writes may have caused; its settings allow ${most}.`,
      hint: "Give the event card a condition that is not met any more by what the flow itself writes. Where it was no loop, retry this execution, or allow more in the flow's settings.",
    };
  }

  #selvesOf(alias: string): Promise<Selves> {
    const known = this.#selves.get(alias);
    if (known && known.until > Date.now()) return known.selves;
    const selves = readSelves(this.#database.pool, alias);
    this.#selves.set(alias, { selves, until: Date.now() + KNOWN_MS });
    // Not knowing is not to be remembered.
    selves.catch(() => this.#selves.delete(alias));
    return selves;
  }
}

async function readSelves(pool: Pool, alias: string): Promise<Selves> {
  const { rows } = await pool.query<{ admin_login: string | null; client_id: string | null }>(
    `select c.admin_login, c.client_id from connections heard join connections c on c.org_url = heard.org_url
     where heard.alias = $1`,
    [alias],
  );
  return {
    logins: new Set(rows.flatMap((row) => row.admin_login?.toLowerCase() ?? [])),
    apps: new Set(rows.flatMap((row) => row.client_id ?? [])),
  };
}

/** Okta's own doings, of group rules among others, have an actor of the type SystemPrincipal. */
function mayBeOurs({ id, type, alternateId }: { [key: string]: Json }, { logins, apps }: Selves): boolean {
  if (type === "SystemPrincipal") return true;
  if (typeof id === "string" && apps.has(id)) return true;
  return typeof alternateId === "string" && logins.has(alternateId.toLowerCase());
}

/** The login of whom an event is about, else the name, else the id. */
function nameOf({ target }: JsonObject, id: string | null): string {
  const targets = Array.isArray(target) ? target.filter(isJsonObject) : [];
  const found = targets.find((one) => one.id === id);
  const names = [found?.alternateId, found?.displayName, id];
  return names.find((name) => typeof name === "string" && name !== "")?.toString() ?? "somebody";
}

interface Runs {
  runs: number;
  about: string | null;
}

/**
 * Counts from the flow's first write about the person within the hour on; without one there is nothing to count. A card
 * that failed may have written before it did. Between clocks that differ the first rounds of a loop are not seen, for as
 * long as they differ.
 *
 * Those that were stopped did not run and are not counted, so that as many as allowed run in every hour.
 */
const RUNS = `
with mine as (
  select x.flow_id, v.connection_id, v.about, v.published, v.published - interval '1 hour' as since
  from executions x join events v on v.id = x.event_id
  where x.id = $1::uuid and x.retry_of_id is null
), wrote as (
  select min(s.started_at) as first
  from mine
  join events w on w.connection_id = mine.connection_id and w.about = mine.about
    and w.published between mine.since and mine.published
  join executions e on e.event_id = w.id and e.flow_id = mine.flow_id and e.mode <> 'plan'
  join steps s on s.execution_id = e.id and s.path = any($2::text[]) and s.status <> 'skipped'
    and s.started_at between mine.since and mine.published
)
select count(*)::int as runs, min(v.about) as about
from mine
cross join wrote
join events v on v.connection_id = mine.connection_id and v.about = mine.about
  and v.published between wrote.first and mine.published
  and (v.payload -> 'actor' ->> 'type' = 'SystemPrincipal'
    or lower(v.payload -> 'actor' ->> 'alternateId') = any($3::text[])
    or v.payload -> 'actor' ->> 'id' = any($4::text[]))
join executions e on e.event_id = v.id and e.flow_id = mine.flow_id and e.mode = 'live' and e.retry_of_id is null
  and e.ran and e.error ->> 'code' is distinct from '${LOOP}'`;
