import type { z } from "zod";
import type { getMe, listSessions as listSessionsEndpoint } from "#lib/api/settings.ts";
import { audit } from "../audit/audit.ts";
import { database } from "../db/client.ts";
import type { Caller } from "../http/handler-with.ts";
import { ApiProblem } from "../http/problem.ts";
import { permissionsOf } from "./authorize.ts";

/** Who asks. A token has no email address. */
export async function me({
  caller,
}: {
  caller: Pick<Caller, "actor">;
}): Promise<z.output<typeof getMe.answer>> {
  const { id, kind, name, role } = caller.actor;
  const user = kind === "user" ? await database().prisma.user.findUnique({ where: { id } }) : null;
  return { name, role, email: user?.email ?? "", permissions: permissionsOf(role) };
}

/** The caller's own sessions that have not ended, last used first. A token has none. */
export async function listSessions({
  caller,
}: {
  caller: Caller;
}): Promise<z.output<typeof listSessionsEndpoint.answer>> {
  if (caller.actor.kind !== "user") return { sessions: [] };
  const rows = await database().prisma.session.findMany({
    where: { userId: caller.actor.id, expiresAt: { gt: new Date() } },
    orderBy: { updatedAt: "desc" },
  });
  const sessions = rows.map((row) => ({
    id: row.id,
    current: row.id === caller.sessionId,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.updatedAt.toISOString(),
    ipAddress: row.ipAddress || null,
    userAgent: row.userAgent || null,
  }));
  return { sessions };
}

/**
 * Ends one of the caller's own sessions.
 *
 * @throws ApiProblem "not-found", also for somebody else's session
 */
export async function revokeSession({
  caller,
  params,
}: {
  caller: Caller;
  params: { id: string };
}): Promise<{ ok: true }> {
  await database().prisma.$transaction(async (tx) => {
    const own = caller.actor.kind === "user" ? { id: params.id, userId: caller.actor.id } : null;
    const { count } = own === null ? { count: 0 } : await tx.session.deleteMany({ where: own });
    if (count === 0)
      throw new ApiProblem("not-found", "There is no such session; it may have ended already.");
    await audit(caller.actor, "session.revoke", params.id, {}, { within: tx });
  });
  return { ok: true };
}
