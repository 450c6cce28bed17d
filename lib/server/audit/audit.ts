import type { JsonObject } from "#lib/flow/json.ts";
import type { Actor } from "../accounts/actor.ts";
import { database } from "../db/client.ts";
import type { Prisma } from "../db/generated/client.ts";

/** Who did it: an account, a token, or somebody with a shell on the machine. */
export type AuditActor = Pick<Actor, "kind" | "id"> | "nobody" | "command line";

export interface AuditOptions {
  /** Of the transaction the deed is done in, so that neither is recorded without the other. */
  within?: Prisma.TransactionClient;
  ipAddress?: string | null;
}

/**
 * Appends a row to the audit log.
 *
 * @param action what was done, as "object.verb": "token.create", "flow.publish"
 * @param detail names and ids that explain it; never values or secrets
 */
export async function audit(
  actor: AuditActor,
  action: string,
  objectId?: string,
  detail: JsonObject = {},
  options: AuditOptions = {},
): Promise<void> {
  const { within = database().prisma, ipAddress = null } = options;
  await within.auditEntry.create({
    data: {
      actor: typeof actor === "string" ? actor : `${actor.kind}:${actor.id}`,
      action,
      objectId: objectId ?? null,
      detail: detail as Prisma.InputJsonObject,
      ipAddress,
    },
  });
}
