import { prismaAdapter } from "better-auth/adapters/prisma";
import { betterAuth } from "better-auth/minimal";
import { database } from "../db/client.ts";
import type { PrismaClient } from "../db/generated/client.ts";
import { env } from "../env/env.ts";
import { log } from "../log.ts";
import { type CookieKind, SESSION_COOKIE } from "./cookie-kind.ts";

/** A session ends this long after its sign-in, however busy it is. Seconds. */
export const SESSION_LIFETIME_S = 7 * 24 * 60 * 60;

let made: { prisma: PrismaClient; byKind: Record<CookieKind, Auth> } | undefined;

type Auth = ReturnType<typeof create>;

/**
 * Passwords, sessions and their cookies. Its own HTTP routes are not served: sign-in, sign-out and setup are routes
 * of ours that call it, behind the same checks as every other.
 */
export function auth(kind: CookieKind): Auth {
  const { prisma } = database();
  if (made?.prisma !== prisma) {
    made = { prisma, byKind: { secure: create("secure", prisma), plain: create("plain", prisma) } };
  }
  return made.byKind[kind];
}

function create(kind: CookieKind, prisma: PrismaClient) {
  const { authSecret, consoleUrl } = env();
  return betterAuth({
    appName: "Flowdeck",
    secret: authSecret,
    baseURL: consoleUrl,
    database: prismaAdapter(prisma, { provider: "postgresql" }),
    emailAndPassword: {
      enabled: true,
      // Accounts are made by setup and by owners.
      disableSignUp: true,
      minPasswordLength: 10,
      maxPasswordLength: 128,
    },
    user: { additionalFields: { role: { type: "string", input: false, required: true } } },
    session: {
      expiresIn: SESSION_LIFETIME_S,
      // Refreshing would move the end ever further away; being idle is judged in current-session.ts.
      disableSessionRefresh: true,
    },
    advanced: {
      // Would add __Secure-; the name below carries the stronger __Host-.
      useSecureCookies: false,
      cookies: {
        session_token: {
          name: SESSION_COOKIE[kind],
          attributes: { secure: kind === "secure", httpOnly: true, sameSite: "lax", path: "/" },
        },
      },
    },
    // Limits its own routes, which are not served; see sign-in-limit.ts.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: {
      // Refused sign-ins are warnings there; the audit log has them.
      level: "error",
      log: (level, message, ...details) => log[level]({ details }, `accounts: ${message}`),
    },
  });
}
