import type { Pool } from "pg";
import type { Registry } from "#lib/cards/registry.ts";
import { type FlowPlan, planFlow } from "#lib/engine/plan.ts";
import { readDocument } from "#lib/flow/migrate-document.ts";
import { openSecrets } from "../bulk/secret-inputs.ts";
import type { Claim } from "./claim.ts";

/** Plans of flows run lately. A plan of 500 cards takes some 200 KB. */
const KEPT = 200;

/** The plans of flow versions, made once and kept: versions never change. */
export class Plans {
  readonly #pool: Pool;
  readonly #registry: Registry;
  /** Least recently used first. */
  readonly #kept = new Map<string, FlowPlan>();

  constructor(pool: Pool, registry: Registry) {
    this.#pool = pool;
    this.#registry = registry;
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
    if (kept) this.#kept.delete(versionId);
    const plan = kept ?? (await this.#make("select document from flow_versions where id = $1", versionId));
    this.#kept.set(versionId, plan);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break;
      this.#kept.delete(oldest);
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
