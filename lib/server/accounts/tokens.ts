import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { z } from "zod";
import type { createToken as createTokenEndpoint, tokenSchema } from "#lib/api/settings.ts";
import { type AuditActor, audit } from "../audit/audit.ts";
import { database } from "../db/client.ts";
import type { ApiToken, Prisma, PrismaClient } from "../db/generated/client.ts";
import { ApiProblem } from "../http/problem.ts";
import type { Actor } from "./actor.ts";
import { authorize, can, isUserRole } from "./authorize.ts";

const PREFIX = "flowdeck_";
const RANDOM_BYTES = 32;
/** What a list shows of a token: the prefix and 24 of its 256 random bits. */
const SHOWN_LENGTH = PREFIX.length + 4;
const TOUCH_EVERY_MS = 60 * 1000;

type TokenView = z.output<typeof tokenSchema>;
type NewTokenView = z.output<typeof createTokenEndpoint.answer>;

/**
 * The actor an API token stands for; undefined when there is none, or it has been revoked. Notes the use, at most
 * once a minute.
 */
export async function actorOfToken(token: string): Promise<Actor | undefined> {
  if (!token.startsWith(PREFIX)) return undefined;
  const { prisma } = database();
  const found = await prisma.apiToken.findUnique({ where: { hash: hashOf(token) } });
  if (found === null) return undefined;
  const now = new Date();
  if (found.lastUsedAt === null || now.getTime() - found.lastUsedAt.getTime() > TOUCH_EVERY_MS) {
    await prisma.apiToken.updateMany({ where: { id: found.id }, data: { lastUsedAt: now } });
  }
  return { kind: "token", id: found.id, name: found.name, role: "token" };
}

/** All API tokens, newest first; the tokens themselves are nowhere. */
export async function listTokens({ actor }: { actor: Actor }): Promise<{ tokens: TokenView[] }> {
  authorize(actor, "settings.manage");
  const tokens = await database().prisma.apiToken.findMany({ orderBy: { createdAt: "desc" } });
  return { tokens: tokens.map(view) };
}

/**
 * Creates a token; its text is in this answer and never again.
 *
 * @throws ApiProblem forbidden, also for an account that was removed or made a viewer while it asked
 */
export async function createToken({
  actor,
  body,
}: {
  actor: Actor;
  body: { name: string };
}): Promise<NewTokenView> {
  authorize(actor, "settings.manage");
  return issueToken(database().prisma, body.name, actor.name, actor);
}

/**
 * Creates a token without asking for rights: for `createToken` and the command line.
 *
 * @param createdBy what the list shows
 */
export async function issueToken(
  prisma: PrismaClient,
  name: string,
  createdBy: string,
  auditActor: AuditActor,
): Promise<NewTokenView> {
  const token = PREFIX + randomBytes(RANDOM_BYTES).toString("base64url");
  const row = await prisma.$transaction(async (tx) => {
    await requireMakerStill(tx, auditActor);
    const created = await tx.apiToken.create({
      data: {
        id: randomUUID(),
        name,
        prefix: token.slice(0, SHOWN_LENGTH),
        hash: hashOf(token),
        createdBy,
        createdById: typeof auditActor === "object" && auditActor.kind === "user" ? auditActor.id : null,
      },
    });
    await audit(auditActor, "token.create", created.id, { name }, { within: tx });
    return created;
  });
  return { ...view(row), token };
}

/**
 * An account that is removed or becomes a viewer loses its tokens in the transaction that changes its row: one made by
 * a request that was let in just before would outlive that. Holding the row orders the two.
 */
async function requireMakerStill(tx: Prisma.TransactionClient, maker: AuditActor): Promise<void> {
  if (typeof maker === "string" || maker.kind !== "user") return;
  const [user] = await tx.$queryRaw<
    { role: string }[]
  >`select role from users where id = ${maker.id} for share`;
  if (user && isUserRole(user.role) && can({ role: user.role }, "settings.manage")) return;
  throw new ApiProblem("forbidden", "Your account may not make API tokens any more.", {
    hint: "Ask the owner of this console.",
  });
}

/**
 * Revokes a token: its next request is refused.
 *
 * @throws ApiProblem "not-found"
 */
export async function revokeToken({
  actor,
  params,
}: {
  actor: Actor;
  params: { id: string };
}): Promise<{ ok: true }> {
  authorize(actor, "settings.manage");
  await database().prisma.$transaction(async (tx) => {
    const { count } = await tx.apiToken.deleteMany({ where: { id: params.id } });
    if (count === 0) throw new ApiProblem("not-found", "There is no such token; it may be revoked already.");
    await audit(actor, "token.revoke", params.id, {}, { within: tx });
  });
  return { ok: true };
}

/** 256 random bits need no slow hash: nobody can try them all. */
function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

function view(row: ApiToken): TokenView {
  const { id, name, prefix, createdBy } = row;
  const [createdAt, lastUsedAt] = [row.createdAt.toISOString(), row.lastUsedAt?.toISOString() ?? null];
  return { id, name, prefix, createdBy, createdAt, lastUsedAt };
}
