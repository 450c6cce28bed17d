import type { GivenRole } from "#lib/api/accounts.ts";
import { audit } from "../audit/audit.ts";
import { database } from "../db/client.ts";
import { ApiProblem } from "../http/problem.ts";
import type { Actor } from "./actor.ts";
import { noAccount } from "./admins.ts";
import { authorize } from "./authorize.ts";

/**
 * Makes an admin a viewer, or a viewer an admin. Sessions read the role with every request, so they act with the new
 * right at once. API tokens act with a role of their own, which has more rights than a viewer: those a new viewer made
 * end, as does what they had begun of an authorization at Okta. What they connected stays: it is the console's.
 *
 * @throws ApiProblem not-found; conflict for an owner
 */
export async function changeRole({
  actor,
  params,
  body,
}: {
  actor: Actor;
  params: { id: string };
  body: { role: GivenRole };
}): Promise<{ ok: true }> {
  authorize(actor, "accounts.manage");
  const { id } = params;
  const { role } = body;
  await database().prisma.$transaction(async (tx) => {
    const [user] = await tx.$queryRaw<{ role: string }[]>`select role from users where id = ${id} for update`;
    if (!user) throw noAccount();
    if (user.role === "owner") throw new ApiProblem("conflict", "An owner stays one.");
    if (user.role === role) return;
    await tx.user.update({ where: { id }, data: { role } });
    const ended =
      role === "viewer" ? await tx.apiToken.deleteMany({ where: { createdById: id } }) : { count: 0 };
    if (role === "viewer") await tx.oauthAttempt.deleteMany({ where: { userId: id } });
    await audit(
      actor,
      "account.role",
      id,
      { from: user.role, to: role, tokens: ended.count },
      { within: tx },
    );
  });
  return { ok: true };
}
