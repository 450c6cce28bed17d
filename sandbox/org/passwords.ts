import { createHash, timingSafeEqual } from "node:crypto";

/**
 * Digest of a password or recovery answer. A plain SHA-256 on purpose: these secrets open only a simulation,
 * and a slow hash would make the sandbox org the bottleneck of every benchmark that creates users.
 */
export function digest(secret: string): string {
  return createHash("sha256").update(`sandbox:${secret}`).digest("base64");
}

/** True when `secret` is the one `stored` was made from. */
export function matches(secret: string, stored: string | null): boolean {
  if (stored === null) return false;
  return timingSafeEqual(Buffer.from(digest(secret)), Buffer.from(stored));
}

const REQUIREMENTS =
  "Password requirements were not met. Password requirements: at least 8 characters, a lowercase letter, " +
  "an uppercase letter, a number, no parts of your username.";

/** What Okta's default password policy says against a new password, or null. */
export function passwordProblem(password: string, login: string): string | null {
  const strong =
    password.length >= 8 && /[a-z]/.test(password) && /[A-Z]/.test(password) && /\d/.test(password);
  const parts = login
    .toLowerCase()
    .split(/[@.\-_,#]/)
    .filter((part) => part.length >= 4);
  const namesUser = parts.some((part) => password.toLowerCase().includes(part));
  return strong && !namesUser ? null : REQUIREMENTS;
}
