import { isAPIError } from "better-auth/api";
import { audit } from "../audit/audit.ts";
import { env } from "../env/env.ts";
import { ApiProblem } from "../http/problem.ts";
import { Reply } from "../http/reply.ts";
import { auth } from "./auth.ts";
import { acceptedCookies, cookieKindFor } from "./cookie-kind.ts";
import { currentSession } from "./current-session.ts";
import { SignInLimit } from "./sign-in-limit.ts";

/** Kept on globalThis: Next.js may load this module once per route. */
const shared = globalThis as typeof globalThis & { flowdeckSignInLimit?: SignInLimit };

interface Credentials {
  email: string;
  password: string;
}

/**
 * Signs in and sets the session cookie.
 *
 * @throws ApiProblem "not-signed-in" without telling which of the two was wrong, "too-many-requests"
 */
export async function signIn({
  body,
  request,
}: {
  body: Credentials;
  request: Request;
}): Promise<Reply<{ ok: true }>> {
  const ipAddress = ipAddressOf(request.headers);
  const limit = countTry(body.email);
  const reply = await openSession(body, request.headers).catch(async (error: unknown) => {
    if (!isAPIError(error) || error.statusCode >= 500) throw error;
    await audit("nobody", "session.refused", undefined, { email: body.email }, { ipAddress });
    throw new ApiProblem("not-signed-in", "Email address and password don't belong together.", {
      hint: "Check both for typing mistakes.",
    });
  });
  limit.succeeded(body.email);
  return reply;
}

/** Counts a try at an account's password, wherever it is asked for. @throws ApiProblem too-many-requests */
export function countTry(email: string): SignInLimit {
  shared.flowdeckSignInLimit ??= new SignInLimit();
  const wait = shared.flowdeckSignInLimit.tryNow(email, Date.now());
  if (wait > 0) throw tooMany(wait);
  return shared.flowdeckSignInLimit;
}

/** Checks the password, creates a session and answers with its cookie. Throws what the library throws. */
export async function openSession(
  { email, password }: Credentials,
  headers: Headers,
): Promise<Reply<{ ok: true }>> {
  const kind = cookieKindFor(headers, env().publicUrl);
  const signedIn = await auth(kind).api.signInEmail({
    body: { email, password },
    headers: withoutForeign(headers),
    returnHeaders: true,
  });
  const { id } = signedIn.response.user;
  await audit({ kind: "user", id }, "session.open", undefined, {}, { ipAddress: ipAddressOf(headers) });
  return new Reply({ ok: true }, { headers: cookiesOf(signedIn.headers) });
}

/** Ends the session of the request, if it has one, and clears its cookie. */
export async function signOut({ request }: { request: Request }): Promise<Reply<{ ok: true }>> {
  const { headers } = request;
  const session = await currentSession(headers);
  const cleared = new Headers();
  for (const kind of acceptedCookies(headers, env().publicUrl)) {
    const answer = await auth(kind).api.signOut({ headers, returnHeaders: true });
    for (const cookie of answer.headers.getSetCookie()) cleared.append("set-cookie", cookie);
  }
  if (session !== undefined) await audit(session.actor, "session.close", session.id);
  return new Reply({ ok: true }, { headers: cleared });
}

/** What the library may know of the request: who asks, from where. An old session of theirs is no part of it. */
function withoutForeign(headers: Headers): Headers {
  const kept = new Headers();
  for (const name of ["user-agent", "x-forwarded-for"]) {
    const value = headers.get(name);
    if (value !== null) kept.set(name, value);
  }
  return kept;
}

function cookiesOf(headers: Headers): Headers {
  const cookies = new Headers();
  for (const cookie of headers.getSetCookie()) cookies.append("set-cookie", cookie);
  return cookies;
}

/** For the records only: without a proxy that overwrites it, a caller can write it. Next.js fills it from the socket. */
export function ipAddressOf(headers: Headers): string | null {
  return headers.get("x-forwarded-for")?.split(",")[0]?.trim().slice(0, 64) || null;
}

function tooMany(seconds: number): ApiProblem {
  const wait = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return new ApiProblem(
    "too-many-requests",
    "Too many tries to sign in.",
    { hint: `Wait ${wait}, then try again.` },
    { headers: { "retry-after": String(seconds) } },
  );
}
