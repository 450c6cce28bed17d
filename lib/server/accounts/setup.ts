import { randomUUID } from "node:crypto";
import { hashPassword } from "better-auth/crypto";
import { audit } from "../audit/audit.ts";
import { database } from "../db/client.ts";
import { ApiProblem } from "../http/problem.ts";
import type { Reply } from "../http/reply.ts";
import { ipAddressOf, openSession } from "./sign-in.ts";

/** Key of the advisory lock that lets one setup through at a time; any number nobody else uses. */
const SETUP_LOCK = 7_203_411;

interface Owner {
  name: string;
  email: string;
  password: string;
}

/** Whether there is no account yet. */
export async function setupNeeded(): Promise<boolean> {
  return (await database().prisma.user.findFirst({ select: { id: true } })) === null;
}

/**
 * Creates the first account and signs it in. Of two visitors who try at the same moment one wins and the other is
 * told so.
 *
 * @throws ApiProblem "conflict" when an account exists
 */
export async function createOwner({
  body,
  request,
}: {
  body: Owner;
  request: Request;
}): Promise<Reply<{ ok: true }>> {
  if (!(await setupNeeded())) throw alreadyDone();
  await insertOwner(body, ipAddressOf(request.headers));
  return openSession(body, request.headers);
}

async function insertOwner(owner: Owner, ipAddress: string | null): Promise<void> {
  const { name } = owner;
  // Where better-auth looks an account up: lower case.
  const email = owner.email.toLowerCase();
  const id = randomUUID();
  // Slow on purpose, hence before the lock is taken.
  const password = await hashPassword(owner.password);
  await database().prisma.$transaction(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(${SETUP_LOCK}::bigint)`;
    if ((await tx.user.count()) > 0) throw alreadyDone();
    await tx.user.create({ data: { id, name, email, role: "owner" } });
    await tx.account.create({
      data: { id: randomUUID(), userId: id, accountId: id, providerId: "credential", password },
    });
    await audit({ kind: "user", id }, "account.create", id, { role: "owner" }, { within: tx, ipAddress });
  });
}

function alreadyDone(): ApiProblem {
  return new ApiProblem("conflict", "The owner account exists already.", { hint: "Sign in with it." });
}
