import { OAuthState } from "../oauth/state.ts";
import { ApiTokenStore } from "./api-tokens.ts";
import type { AppRecord, AppUserRecord } from "./apps.ts";
import { type GroupRecord, GroupStore } from "./groups.ts";
import { HookStore } from "./hooks.ts";
import { IamStore } from "./iam.ts";
import { IdMint } from "./ids.ts";
import type { ImportSession } from "./imports.ts";
import { Later } from "./later.ts";
import { type LinkDefinition, seedLinks } from "./links.ts";
import type { Party } from "./log-record.ts";
import { RuleStore } from "./rules.ts";
import { SystemLog } from "./system-log.ts";
import { loginOf, type UserRecord, UserStore } from "./users.ts";

/** Fixed ids of what an org has exactly once. */
export const ORG_ID = "00oSandboxOrg0000005d";
export const USER_TYPE_ID = "otySandboxUser000005d";
export const USER_SCHEMA_ID = "oscSandboxUser000005d";
export const ORG_CREATED = "2024-02-05T09:00:00.000Z";

/** The whole state of the simulated org. Handlers read and change it; nothing else holds state of it. */
export class Org {
  readonly now: () => number;
  /** Address used in links; the server sets it once it knows its port. */
  baseUrl: string;
  ids = new IdMint();
  users = new UserStore();
  groups = new GroupStore();
  apps = new Map<string, AppRecord>();
  rules = new RuleStore();
  links: LinkDefinition[] = seedLinks();
  /** Import sessions by id. */
  imports = new Map<string, ImportSession>();
  hooks = new HookStore();
  oauth = new OAuthState();
  iam = new IamStore();
  apiTokens = new ApiTokenStore();
  readonly later = new Later();
  log: SystemLog;
  /** Ids of the admins the two API tokens belong to; the seed names them. */
  owners = { full: "", readOnly: "" };
  /** Set by the server: called after any change that should outlive a restart. */
  changed: () => void = () => {};
  #seq = 0;

  constructor(now: () => number, baseUrl: string, logCapacity?: number) {
    this.now = now;
    this.baseUrl = baseUrl;
    this.log = new SystemLog(now, logCapacity);
  }

  /** The current instant as Okta writes it. */
  timestamp(): string {
    return new Date(this.now()).toISOString();
  }

  /** The next place in the scan order of users, groups and hooks. */
  nextSeq(): number {
    this.#seq += 1;
    return this.#seq;
  }

  get seq(): number {
    return this.#seq;
  }

  restoreSeq(seq: number): void {
    this.#seq = seq;
  }

  /** Empties the org for a new seed. Log cursors given out before stay in order, because the log keeps counting. */
  clear(): void {
    this.ids = new IdMint();
    this.users = new UserStore();
    this.groups = new GroupStore();
    this.later.clear();
    this.apps = new Map();
    this.rules = new RuleStore();
    this.links = seedLinks();
    this.oauth = new OAuthState();
    this.iam = new IamStore();
    this.apiTokens = new ApiTokenStore();
    this.imports = new Map();
    this.hooks = new HookStore();
    this.#seq = 0;
    this.log.restore([], this.log.lastSeq);
  }

  /** The built-in group everyone belongs to. The seed makes it; an org without it is broken. */
  everyone(): GroupRecord {
    for (const group of this.groups.all()) if (group.type === "BUILT_IN") return group;
    throw new Error("The sandbox org lost its Everyone group; reset it with POST /sandbox/reset.");
  }
}

/** A user as actor or target of a log event. */
export function userParty(user: UserRecord): Party {
  const { firstName, lastName } = user.profile;
  return {
    id: user.id,
    type: "User",
    alternateId: loginOf(user),
    displayName: [firstName, lastName].filter((part) => typeof part === "string").join(" "),
  };
}

/** A group as target of a log event. Okta writes "unknown" as the alternate id of groups. */
export function groupParty(group: GroupRecord): Party {
  return { id: group.id, type: "UserGroup", alternateId: "unknown", displayName: group.profile.name };
}

/** An application as target of a log event. */
export function appParty(app: AppRecord): Party {
  return { id: app.id, type: "AppInstance", alternateId: app.label, displayName: app.label };
}

/** A person's account in an application, as target of a log event. */
export function accountParty(account: AppUserRecord, user: UserRecord): Party {
  return { ...userParty(user), id: account.accountId, type: "AppUser", alternateId: account.userName };
}
