import type { Pool } from "pg";
import type { Registry } from "#lib/cards/registry.ts";
import { type FlowPlan, planFlow } from "#lib/engine/plan.ts";
import { readDocument } from "#lib/flow/migrate-document.ts";
import { openSecrets } from "../bulk/secret-inputs.ts";
import type { Claim } from "./claim.ts";

/**
 * Plans of flows run lately, by their cards: a plan of 500 takes some 200 KB. Of a thousand flows that listen to one event
 * each gets its turn before one comes again: kept two hundred at a time, every execution made its plan anew.
 */
const KEPT_CARDS = 100_000;
/** What a plan takes beside its cards. */
const AS_CARDS = 10;

/** The plans of flow versions, made once and kept: versions never change. */
export class Plans {
  readonly #pool: Pool;
  readonly #registry: Registry;
  readonly #room: number;
  /** Least recently used first. */
  readonly #kept = new Map<string, FlowPlan>();
  #cards = 0;

  /** @param room how many cards of plans are kept */
  constructor(pool: Pool, registry: Registry, room = KEPT_CARDS) {
    this.#pool = pool;
    this.#registry = registry;
    this.#room = room;
  }

  /**
   * The plan an execution runs by.
   *
   * @throws PlanError when the document can't be run with the cards there are
   * @throws DocumentError when the document can't be read any more
   * @throws SecretUnreadableError when it was run by hand with secrets of another FLOWDECK_SECRET_KEY
   */
  async of({ versionId, run }: Claim): Promise<FlowPlan> {
    if (versionId === null)
      return this.#make("select document, bulk_id from executions where id = $1", run.id);
    const kept = this.#kept.get(versionId);
    if (kept) {
      this.#kept.delete(versionId);
      this.#kept.set(versionId, kept);
      return kept;
    }
    const plan = await this.#make("select document from flow_versions where id = $1", versionId);
    // Another execution may have made it meanwhile.
    if (!this.#kept.has(versionId)) this.#cards += weight(plan);
    this.#kept.set(versionId, plan);
    for (const [oldest, old] of this.#kept) {
      if (this.#cards <= this.#room) break;
      this.#kept.delete(oldest);
      this.#cards -= weight(old);
    }
    return plan;
  }

  async #make(sql: string, id: string): Promise<FlowPlan> {
    const { rows } = await this.#pool.query<{ document: unknown; bulk_id?: string | null }>(sql, [id]);
    const document = readDocument(rows[0]?.document);
    const bulkId = rows[0]?.bulk_id;
    return planFlow(bulkId ? openSecrets(document, bulkId) : document, this.#registry);
  }
}

function weight({ order }: FlowPlan): number {
  return order.length + AS_CARDS;
}
