import { hashPassword, verifyPassword } from "better-auth/crypto";
import { audit } from "../audit/audit.ts";
import { database } from "../db/client.ts";
import type { Caller } from "../http/handler-with.ts";
import { ApiProblem } from "../http/problem.ts";
import { setPassword } from "./invites.ts";
import { countTry } from "./sign-in.ts";

/**
 * Changes the caller's own password. The other sessions of the account end: who changes it because somebody knows it
 * wants that one out.
 * @throws ApiProblem forbidden for API tokens; bad-request when the current one is wrong; too-many-requests
 */
export async function changePassword({
  caller,
  body,
}: {
  caller: Caller;
  body: { current: string; password: string };
}): Promise<{ ok: true }> {
  const { actor, sessionId } = caller;
  if (actor.kind !== "user") {
    throw new ApiProblem("forbidden", "An API token has no password.", { hint: "Sign in to the console." });
  }
  const { prisma } = database();
  const user = await prisma.user.findUniqueOrThrow({
    where: { id: actor.id },
    include: { accounts: { where: { providerId: "credential" } } },
  });
  // A session left open must not become a place to guess the password in.
  countTry(user.email);
  const hash = user.accounts[0]?.password;
  if (!hash || !(await verifyPassword({ hash, password: body.current }))) {
    const message = "That is not your current password.";
    throw new ApiProblem("bad-request", message, { problems: [{ path: "body.current", message }] });
  }
  const password = await hashPassword(body.password);
  await prisma.$transaction(async (tx) => {
    await setPassword(tx, actor.id, password);
    await tx.session.deleteMany({ where: { userId: actor.id, id: { not: sessionId } } });
    await audit(actor, "account.password", actor.id, {}, { within: tx });
  });
  return { ok: true };
}
