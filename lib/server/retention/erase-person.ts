import type { z } from "zod";
import type { erasePersonBody, erasureSchema } from "#lib/api/people.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { type AuditActor, audit } from "../audit/audit.ts";
import { type Database, database } from "../db/client.ts";
import { ApiProblem } from "../http/problem.ts";
import { bulkRunsUnderWay, eraseElsewhere } from "./erase-elsewhere.ts";
import { eraseInFlows, flowsNaming } from "./erase-flows.ts";
import { eraseHistory } from "./erase-history.ts";
import { findPerson } from "./find-person.ts";
import { forgetLabels } from "./forget-labels.ts";
import { personMatch } from "./person-match.ts";

type Request = z.output<typeof erasePersonBody>;
export type Erasure = z.output<typeof erasureSchema>;

/** For the API. @throws ApiProblem forbidden, and as `erasePerson` */
export function erasePersonFor(actor: Actor, request: Request): Promise<Erasure> {
  authorize(actor, "settings.manage");
  return erasePerson(database(), actor, request);
}

/**
 * Takes what is known of one person out of the history: rows and counts stay, what they held does not. Doing it twice
 * changes nothing. Executions under way are left, and counted. What flows hold is for an admin to change, who is told where;
 * deleted ones lose it. What the org holds was never here. A person who is still in the org comes back with the next event.
 *
 * Every history is searched, whatever connection it belongs to: a person's login is the same in two orgs.
 *
 * @throws ApiProblem not-found for an unknown connection; conflict where a login does not say who is meant
 */
export async function erasePerson(
  { pool, prisma }: Pick<Database, "pool" | "prisma">,
  actor: AuditActor,
  { connection: alias, user, also }: Request,
): Promise<Erasure> {
  const connection = await prisma.connection.findUnique({ where: { alias }, select: { id: true } });
  if (!connection) throw new ApiProblem("not-found", `There is no connection "${alias}".`);
  const match = personMatch([...(await findPerson(pool, connection.id, user)), ...also]);
  const { executions, events, underWay } = await eraseHistory(pool, match);
  const others =
    (await eraseElsewhere(pool, match)) + (await eraseInFlows(pool, match)) + (await forgetLabels(pool));
  const naming = await flowsNaming(pool, match);
  const erasure = {
    executions,
    events,
    others,
    underWay: underWay + naming.underWay + (await bulkRunsUnderWay(pool, match)),
    configured: naming.configured,
  };
  const { configured, ...counts } = erasure;
  const detail = { ...counts, configured: configured.length };
  await audit(actor, "person.erase", connection.id, detail, { within: prisma });
  return erasure;
}
