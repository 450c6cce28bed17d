import { randomUUID } from "node:crypto";
import type { AdminView, GivenRole } from "#lib/api/accounts.ts";
import { audit } from "../audit/audit.ts";
import { authKind } from "../connections/authorization-view.ts";
import { takeBackConnections } from "../connections/take-back-connections.ts";
import { database } from "../db/client.ts";
import { ApiProblem } from "../http/problem.ts";
import type { Actor } from "./actor.ts";
import { authorize, can, isUserRole } from "./authorize.ts";
import { type Invite, makeInvite } from "./invites.ts";

/** All accounts, oldest first. */
export async function listAdmins({
  actor,
}: {
  actor: Actor;
}): Promise<{ admins: AdminView[]; mayManage: boolean }> {
  authorize(actor, "settings.manage");
  const { prisma } = database();
  const users = await prisma.user.findMany({
    orderBy: { createdAt: "asc" },
    include: {
      accounts: { where: { password: { not: null } }, select: { id: true } },
      sessions: { where: { expiresAt: { gt: new Date() } }, orderBy: { updatedAt: "desc" }, take: 1 },
    },
  });
  const authorized = await prisma.connection.findMany({
    where: { createdById: { not: null } },
    select: { name: true, auth: true, createdById: true },
    orderBy: { createdAt: "asc" },
  });
  const admins = users.map(({ id, name, email, role, accounts, sessions, createdAt }) => ({
    id,
    name,
    email,
    // One this version doesn't know may do nothing here (current-session.ts); the list shows the least there is.
    role: isUserRole(role) ? role : ("viewer" as const),
    invited: accounts.length === 0,
    createdAt: createdAt.toISOString(),
    lastSeenAt: sessions[0]?.updatedAt.toISOString() ?? null,
    connections: authorized
      .filter(({ createdById }) => createdById === id)
      .map((connection) => ({ name: connection.name, auth: authKind(connection.auth) })),
  }));
  return { admins, mayManage: can(actor, "accounts.manage") };
}

/**
 * Adds an account. It has no password until its person opens the link and chooses one, so there is none that two
 * people know.
 * @throws ApiProblem conflict when the address has an account
 */
export async function addAdmin({
  actor,
  body,
}: {
  actor: Actor;
  body: { name: string; email: string; role: GivenRole };
}): Promise<Invite & { id: string }> {
  authorize(actor, "accounts.manage");
  // Where better-auth looks an account up: lower case.
  const email = body.email.toLowerCase();
  const { name, role } = body;
  const id = randomUUID();
  return database().prisma.$transaction(async (tx) => {
    // Orders two that add the same address at once.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`account ${email}`}, 0))`;
    if (await tx.user.findUnique({ where: { email } })) {
      throw new ApiProblem("conflict", `${email} has an account already.`, {
        hint: "Give that account a new link instead.",
      });
    }
    await tx.user.create({ data: { id, name, email, role } });
    const invite = await makeInvite(tx, id);
    await audit(actor, "account.create", id, { role }, { within: tx });
    return { id, ...invite };
  });
}

/** A new link to choose a password with, for an invitation that was lost or a password that was forgotten. */
export async function renewInvite({
  actor,
  params,
}: {
  actor: Actor;
  params: { id: string };
}): Promise<Invite> {
  authorize(actor, "accounts.manage");
  return database().prisma.$transaction(async (tx) => {
    if (!(await tx.user.findUnique({ where: { id: params.id } }))) throw noAccount();
    await audit(actor, "account.invite", params.id, {}, { within: tx });
    return makeInvite(tx, params.id);
  });
}

/**
 * Removes an account: what it connected is taken back and its tokens revoked at the orgs, its sessions and API tokens end. Revoking comes first: were
 * the account gone and the process dead before it, nobody would do it any more; this way the owner presses again.
 * @throws ApiProblem not-found; conflict for the last owner
 */
export async function removeAdmin({
  actor,
  params,
}: {
  actor: Actor;
  params: { id: string };
}): Promise<{ ok: true; warning?: string }> {
  authorize(actor, "accounts.manage");
  const { prisma } = database();
  const { id } = params;
  const user = await prisma.user.findUnique({ where: { id } });
  if (!user) throw noAccount();
  if (user.role === "owner" && (await prisma.user.count({ where: { role: "owner" } })) === 1)
    throw lastOwner();
  const { warnings, tokens: ofConnections } = await takeBackConnections(user);
  await prisma.$transaction(async (tx) => {
    // Two owners who remove each other wait for one another here, and a token the account is making is there to be ended.
    const held = await tx.$queryRaw<{ id: string; role: string }[]>`
      select id, role from users where role = 'owner' or id = ${id} order by id for update`;
    const owners = held.filter(({ role }) => role === "owner");
    if (owners.length === 1 && owners[0]?.id === id) throw lastOwner();
    const tokens = await tx.apiToken.deleteMany({ where: { createdById: id } });
    await tx.verification.deleteMany({ where: { value: `invite ${id}` } });
    await tx.oauthAttempt.deleteMany({ where: { userId: id } });
    const { count } = await tx.user.deleteMany({ where: { id } });
    if (count === 0) throw noAccount();
    const detail = { name: user.name, tokens: tokens.count, connections: ofConnections };
    await audit(actor, "account.remove", id, detail, { within: tx });
  });
  return { ok: true, ...(warnings.length > 0 ? { warning: warnings.join(" ") } : {}) };
}

/** The refusal of an id no account has. */
export function noAccount(): ApiProblem {
  return new ApiProblem("not-found", "There is no such account; it may be removed already.");
}

function lastOwner(): ApiProblem {
  return new ApiProblem("conflict", "The last owner can't be removed: nobody could manage this console.");
}
