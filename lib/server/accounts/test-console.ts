import { randomUUID } from "node:crypto";
import type { GivenRole } from "#lib/api/accounts.ts";
import { openTestDatabase } from "../db/test-records.ts";
import { stubServerEnv } from "../env/stub-server-env.ts";
import type { Actor } from "./actor.ts";
import { addAdmin } from "./admins.ts";
import { SESSION_COOKIE } from "./cookie-kind.ts";
import { authenticate } from "./current-actor.ts";
import { acceptInvite } from "./invites.ts";
import { createOwner } from "./setup.ts";
import { issueToken } from "./tokens.ts";

export const OWNER = { name: "Ann Lee", email: "ann@example.com", password: "correct horse battery" };
export const HOST = "localhost:3000";
export const ORIGIN = `http://${HOST}`;

/** For tests: a console on localhost with an empty database of its own. Call it in beforeAll, before anything reads env(). */
export async function openTestConsole({ publicUrl = "" } = {}) {
  stubServerEnv({ PUBLIC_URL: publicUrl, PORT: "3000" });
  const database = await openTestDatabase();
  return {
    ...database,
    /** Creates the owner. @returns the Cookie header of their session */
    setUp: async () => cookieOf(await createOwner({ body: OWNER, request: request("POST", "/api/setup") })),
    /** @returns the Authorization header of a new token */
    token: async (name = "test") =>
      `Bearer ${(await issueToken(database.prisma, name, "test", "command line")).token}`,
  };
}

/** For tests: who a session's cookie stands for. */
export async function actorOf(cookie: string): Promise<Actor> {
  const caller = await authenticate(new Headers({ cookie, host: HOST }));
  if (!caller) throw new Error("The cookie is not accepted.");
  return caller.actor;
}

/** For tests: somebody the owner invited, who has accepted with this password. */
export async function join(owner: Actor, role: GivenRole, password = "chosen by myself") {
  const email = `${role}-${randomUUID()}@example.com`;
  const { id, inviteUrl } = await addAdmin({ actor: owner, body: { name: `The ${role}`, email, role } });
  const body = { token: new URL(inviteUrl).hash.slice(1), password };
  const cookie = cookieOf(await acceptInvite({ body, request: request("POST", "/api/invites/accept") }));
  return { id, email, cookie, actor: await actorOf(cookie) };
}

/** For tests: a request as the console's own page sends it. */
export function request(
  method: string,
  path: string,
  options: { headers?: Record<string, string>; body?: unknown } = {},
): Request {
  const { headers = {}, body } = options;
  return new Request(ORIGIN + path, {
    method,
    headers: {
      host: HOST,
      ...(method === "GET" ? {} : { origin: ORIGIN, "content-type": "application/json" }),
      ...headers,
    },
    body: method === "GET" ? undefined : JSON.stringify(body ?? {}),
  });
}

/** The Cookie header a browser sends after this answer. */
export function cookieOf(answer: { headers: Headers }): string {
  const cookie = answer.headers.getSetCookie().find((line) => line.startsWith(`${SESSION_COOKIE.plain}=`));
  if (cookie === undefined) throw new Error("The answer sets no session cookie.");
  return cookie.split(";")[0] ?? "";
}
