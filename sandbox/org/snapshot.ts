import { z } from "zod";
import type { ClientRecord } from "../oauth/clients.ts";
import type { TokenRecord } from "../oauth/state.ts";
import { type ApiTokenRecord, ApiTokenStore } from "./api-tokens.ts";
import type { AppGroupRecord, AppRecord, AppUserRecord } from "./apps.ts";
import type { GroupRecord } from "./groups.ts";
import { GroupStore } from "./groups.ts";
import { type HookRecord, HookStore } from "./hooks.ts";
import { type IamState, IamStore } from "./iam.ts";
import { IdMint } from "./ids.ts";
import type { ImportSession } from "./imports.ts";
import type { LinkDefinition } from "./links.ts";
import { type LogRecord, type Origin, SYSTEM_ACTOR } from "./log-record.ts";
import type { Org } from "./org.ts";
import { type RuleRecord, RuleStore } from "./rules.ts";
import { runImport } from "./run-import.ts";
import { seedApps, seedAssignments } from "./seed-apps.ts";
import { seedIam } from "./seed-iam.ts";
import { type RoleRecord, type UserRecord, UserStore } from "./users.ts";

/** Grows when the records change shape. A file of format 1 has no applications yet and gets those of the seed. */
const FORMAT = 2;
/** Log events worth keeping across a restart. */
const KEPT_EVENTS = 5_000;

type SavedGroup = Omit<GroupRecord, "members" | "roles"> & {
  members: [string, number][];
  /** Missing in files from before groups could hold roles. */
  roles?: RoleRecord[];
};
type SavedApp = Omit<AppRecord, "users" | "groups"> & { users: AppUserRecord[]; groups: AppGroupRecord[] };
type SavedLink = Omit<LinkDefinition, "values"> & { values: [string, string][] };
type SavedRule = Omit<RuleRecord, "grants"> & { grants: [string, string[]][] };

/** An org as JSON. */
export interface Snapshot {
  format: number;
  ids: number;
  seq: number;
  owners: Org["owners"];
  users: UserRecord[];
  groups: SavedGroup[];
  apps: SavedApp[];
  rules: SavedRule[];
  links: SavedLink[];
  iam: IamState;
  imports: ImportSession[];
  clients: ClientRecord[];
  tokens: TokenRecord[];
  apiTokens: ApiTokenRecord[];
  hooks: HookRecord[];
  lastSeq: number;
  log: LogRecord[];
}

// The file is our own writing; the check is for a foreign or cut-off file, not for every field.
const shape = z.object({
  format: z.union([z.literal(1), z.literal(FORMAT)]),
  ids: z.number(),
  seq: z.number(),
  owners: z.object({ full: z.string(), readOnly: z.string() }),
  users: z.array(z.custom<UserRecord>((value) => isRecord(value, "profile"))),
  groups: z.array(z.custom<SavedGroup>((value) => isRecord(value, "members"))),
  apps: z.array(z.custom<SavedApp>((value) => isRecord(value, "signOnMode"))).optional(),
  rules: z.array(z.custom<SavedRule>((value) => isRecord(value, "expression"))).default([]),
  links: z.array(z.custom<SavedLink>((value) => isRecord(value, "primary"))).optional(),
  iam: z.custom<IamState>((value) => isRecord(value, "bindings")).optional(),
  imports: z.array(z.custom<ImportSession>((value) => isRecord(value, "sourceId"))).default([]),
  clients: z.array(z.custom<ClientRecord>((value) => isRecord(value, "redirectUris"))).optional(),
  tokens: z.array(z.custom<TokenRecord>((value) => isRecord(value, "family"))).default([]),
  apiTokens: z.array(z.custom<ApiTokenRecord>((value) => isRecord(value, "digest"))).default([]),
  hooks: z.array(z.custom<HookRecord>((value) => isRecord(value, "channel"))),
  lastSeq: z.number(),
  log: z.array(z.custom<LogRecord>((value) => isRecord(value, "eventType"))),
});

function isRecord(value: unknown, field: string): boolean {
  return typeof value === "object" && value !== null && field in value;
}

/** The org's state, ready for JSON.stringify. */
export function snapshotOrg(org: Org): Snapshot {
  return {
    format: FORMAT,
    ids: org.ids.count,
    seq: org.seq,
    owners: org.owners,
    users: [...org.users.all()],
    groups: [...org.groups.all()].map((group) => ({ ...group, members: [...group.members] })),
    apps: [...org.apps.values()].map((app) => ({
      ...app,
      users: [...app.users.values()],
      groups: [...app.groups.values()],
    })),
    rules: [...org.rules.all()].map((rule) => ({ ...rule, grants: [...rule.grants] })),
    links: org.links.map((link) => ({ ...link, values: [...link.values] })),
    iam: org.iam,
    imports: [...org.imports.values()],
    clients: [...org.oauth.clients.values()],
    tokens: [...org.oauth.tokens()],
    apiTokens: [...org.apiTokens.all()].filter(({ given }) => !given),
    hooks: [...org.hooks.all()],
    lastSeq: org.log.lastSeq,
    log: org.log.records.slice(-KEPT_EVENTS),
  };
}

/** Fills an org from saved state. Throws a ZodError when it is not one. */
export function restoreOrg(org: Org, saved: unknown): void {
  const state = shape.parse(saved);
  org.ids = new IdMint(state.ids);
  org.restoreSeq(state.seq);
  org.owners = state.owners;
  org.users = new UserStore();
  for (const user of state.users) org.users.add(user);
  org.groups = new GroupStore();
  for (const group of state.groups) org.groups.add({ roles: [], ...group, members: new Map(group.members) });
  restoreApps(org, state.apps);
  org.rules = new RuleStore();
  for (const rule of state.rules) org.rules.add({ ...rule, grants: new Map(rule.grants) });
  if (state.links) org.links = state.links.map((link) => ({ ...link, values: new Map(link.values) }));
  if (state.iam) org.iam = new IamStore(state.iam);
  else seedIam(org);
  org.imports = new Map(state.imports.map((session) => [session.id, session]));
  if (state.clients) org.oauth.restore(state.clients, state.tokens);
  org.apiTokens = new ApiTokenStore();
  for (const token of state.apiTokens) org.apiTokens.add(token);
  org.hooks = new HookStore();
  for (const hook of state.hooks) org.hooks.add(hook);
  org.log.restore(state.log, state.lastSeq);
  for (const session of state.imports) if (session.status === "TRIGGERED") resume(org, session);
}

// The restart came between the trigger and the work.
function resume(org: Org, session: ImportSession): void {
  const source = org.apps.get(session.sourceId);
  const origin: Origin = {
    actor: SYSTEM_ACTOR,
    requestId: session.id,
    requestUri: null,
    url: null,
    ip: null,
    userAgent: null,
  };
  if (source) org.later.run(() => runImport(org, source, session, origin));
}

function restoreApps(org: Org, saved: SavedApp[] | undefined): void {
  org.apps = new Map();
  for (const app of saved ?? []) {
    org.apps.set(app.id, {
      ...app,
      users: new Map(app.users.map((account) => [account.userId, account])),
      groups: new Map(app.groups.map((assignment) => [assignment.groupId, assignment])),
    });
  }
  if (saved) return;
  seedApps(org);
  seedAssignments(org);
}
