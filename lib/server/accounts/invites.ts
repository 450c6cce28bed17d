import { createHash, randomBytes, randomUUID } from "node:crypto";
import { hashPassword } from "better-auth/crypto";
import { audit } from "../audit/audit.ts";
import { database } from "../db/client.ts";
import type { Prisma } from "../db/generated/client.ts";
import { env } from "../env/env.ts";
import { ApiProblem } from "../http/problem.ts";
import type { Reply } from "../http/reply.ts";
import { ipAddressOf, openSession } from "./sign-in.ts";

const LIFETIME_MS = 3 * 24 * 60 * 60 * 1000;

/** A link that lets whoever has it choose an account's password. */
export interface Invite {
  inviteUrl: string;
  expiresAt: string;
}

/**
 * Makes the link by which somebody chooses the password of an account; earlier links of it end. The console keeps only a
 * hash. The secret part stands behind the #, which browsers send to nobody, so no log on the way has it.
 */
export async function makeInvite(tx: Prisma.TransactionClient, userId: string): Promise<Invite> {
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(Date.now() + LIFETIME_MS);
  await tx.verification.deleteMany({ where: { value: valueFor(userId) } });
  await tx.verification.create({
    data: { id: randomUUID(), identifier: identifierOf(token), value: valueFor(userId), expiresAt },
  });
  return { inviteUrl: `${env().consoleUrl}/invite#${token}`, expiresAt: expiresAt.toISOString() };
}

/**
 * Sets the password an invited person chose, ends the account's other sessions and signs in. The link works once.
 * @throws ApiProblem not-found for a link that is used, over or none
 */
export async function acceptInvite({
  body,
  request,
}: {
  body: { token: string; password: string };
  request: Request;
}): Promise<Reply<{ ok: true }>> {
  const identifier = identifierOf(body.token);
  // Looked for first, so that guessing costs no slow hash.
  const found = await database().prisma.verification.findFirst({ where: { identifier } });
  if (!found || found.expiresAt < new Date()) throw noInvite();
  const password = await hashPassword(body.password);
  const email = await database().prisma.$transaction(async (tx) => {
    const { count } = await tx.verification.deleteMany({ where: { id: found.id } });
    const user = await tx.user.findFirst({ where: { id: found.value.slice(VALUE_START.length) } });
    if (count === 0 || !user) throw noInvite();
    await setPassword(tx, user.id, password);
    await tx.session.deleteMany({ where: { userId: user.id } });
    const ipAddress = ipAddressOf(request.headers);
    await audit({ kind: "user", id: user.id }, "account.accept", user.id, {}, { within: tx, ipAddress });
    return user.email;
  });
  return openSession({ email, password: body.password }, request.headers);
}

/** Stores the hash of an account's password. */
export async function setPassword(
  tx: Prisma.TransactionClient,
  userId: string,
  password: string,
): Promise<void> {
  const { count } = await tx.account.updateMany({
    where: { userId, providerId: "credential" },
    data: { password },
  });
  if (count > 0) return;
  await tx.account.create({
    data: { id: randomUUID(), userId, accountId: userId, providerId: "credential", password },
  });
}

const VALUE_START = "invite ";

function valueFor(userId: string): string {
  return VALUE_START + userId;
}

function identifierOf(token: string): string {
  return `invite:${createHash("sha256").update(token).digest("hex")}`;
}

function noInvite(): ApiProblem {
  return new ApiProblem("not-found", "This invitation was used already, or is older than three days.", {
    hint: "Ask the owner of this console for a new link.",
  });
}
