import type { USER_ROLES } from "#lib/api/accounts.ts";

/** What an account may do is decided by its role, see authorize.ts. API tokens have one of their own. */
export type Role = UserRole | "token";
export type UserRole = (typeof USER_ROLES)[number];

/** Who asks: a signed-in person, or a program with an API token. */
export interface Actor {
  kind: "user" | "token";
  /** Of the user or of the token. */
  id: string;
  /** For people: what "changed by" shows. */
  name: string;
  role: Role;
}
