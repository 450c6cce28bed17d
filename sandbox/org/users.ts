import type { Profile } from "./profile-schema.ts";

export type UserStatus =
  | "STAGED"
  | "PROVISIONED"
  | "ACTIVE"
  | "RECOVERY"
  | "LOCKED_OUT"
  | "PASSWORD_EXPIRED"
  | "SUSPENDED"
  | "DEPROVISIONED";

/** An enrolled authenticator. */
export interface FactorRecord {
  id: string;
  factorType: "push" | "sms" | "token:software:totp";
  provider: "OKTA" | "GOOGLE";
  created: string;
}

/** A standard admin role a user holds. */
export interface RoleRecord {
  id: string;
  type: string;
  created: string;
}

/** A user as the org keeps it. Instants are ISO strings with milliseconds. */
export interface UserRecord {
  id: string;
  /** Order of creation: the scan order of lists and what their cursors count. */
  seq: number;
  /** Grows with every change; the ETag is made from it. */
  version: number;
  status: UserStatus;
  created: string;
  activated: string | null;
  statusChanged: string | null;
  lastLogin: string | null;
  lastUpdated: string;
  passwordChanged: string | null;
  profile: Profile;
  /** Digest, never the password. */
  password: string | null;
  recovery: { question: string; answer: string } | null;
  provider: { type: string; name: string };
  factors: FactorRecord[];
  roles: RoleRecord[];
  sessions: number;
}

/** The login of a user. Profiles are validated before they are stored, so it is always there. */
export function loginOf(user: UserRecord): string {
  return String(user.profile.login ?? "");
}

const shortnameOf = (login: string): string => login.split("@", 1)[0] ?? login;

/** Users with the three look-ups of `/users/{id}`: id, login, unambiguous shortname. All are map look-ups. */
export class UserStore {
  readonly #byId = new Map<string, UserRecord>();
  readonly #byLogin = new Map<string, UserRecord>();
  readonly #byShortname = new Map<string, Set<UserRecord>>();

  get size(): number {
    return this.#byId.size;
  }

  /** All users in order of creation. */
  all(): IterableIterator<UserRecord> {
    return this.#byId.values();
  }

  byId(id: string): UserRecord | undefined {
    return this.#byId.get(id);
  }

  /** Logins are compared without case, as Okta does. */
  byLogin(login: string): UserRecord | undefined {
    return this.#byLogin.get(login.toLowerCase());
  }

  /** By id, else login, else shortname when exactly one user has it. */
  find(key: string): UserRecord | undefined {
    if (key.includes("/")) return this.#byId.get(key); // Okta finds a login with a slash by id only
    const direct = this.#byId.get(key) ?? this.byLogin(key);
    if (direct || key.includes("@")) return direct;
    const named = this.#byShortname.get(key.toLowerCase());
    return named?.size === 1 ? [...named][0] : undefined;
  }

  add(user: UserRecord): void {
    this.#byId.set(user.id, user);
    this.#indexLogin(user);
  }

  remove(user: UserRecord): void {
    this.#byId.delete(user.id);
    this.#dropLogin(user);
  }

  /** Replaces the profile and keeps the login indexes true. */
  setProfile(user: UserRecord, profile: Profile): void {
    this.#dropLogin(user);
    user.profile = profile;
    this.#indexLogin(user);
  }

  #indexLogin(user: UserRecord): void {
    const login = loginOf(user).toLowerCase();
    this.#byLogin.set(login, user);
    const short = shortnameOf(login);
    const named = this.#byShortname.get(short);
    if (named) named.add(user);
    else this.#byShortname.set(short, new Set([user]));
  }

  #dropLogin(user: UserRecord): void {
    const login = loginOf(user).toLowerCase();
    this.#byLogin.delete(login);
    const short = shortnameOf(login);
    const named = this.#byShortname.get(short);
    named?.delete(user);
    if (named?.size === 0) this.#byShortname.delete(short);
  }
}
