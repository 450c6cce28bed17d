import { z } from "zod";
import type { GroupRecord } from "./groups.ts";
import { GroupStore } from "./groups.ts";
import { type HookRecord, HookStore } from "./hooks.ts";
import { IdMint } from "./ids.ts";
import type { LogRecord } from "./log-record.ts";
import type { Org } from "./org.ts";
import { type UserRecord, UserStore } from "./users.ts";

/** Grows when the records change shape; an older file is then refused instead of misread. */
const FORMAT = 1;
/** Log events worth keeping across a restart. */
const KEPT_EVENTS = 5_000;

type SavedGroup = Omit<GroupRecord, "members"> & { members: [string, number][] };

/** An org as JSON. */
export interface Snapshot {
  format: number;
  ids: number;
  seq: number;
  owners: Org["owners"];
  users: UserRecord[];
  groups: SavedGroup[];
  hooks: HookRecord[];
  lastSeq: number;
  log: LogRecord[];
}

// The file is our own writing; the check is for a foreign or cut-off file, not for every field.
const shape = z.object({
  format: z.literal(FORMAT),
  ids: z.number(),
  seq: z.number(),
  owners: z.object({ full: z.string(), readOnly: z.string() }),
  users: z.array(z.custom<UserRecord>((value) => isRecord(value, "profile"))),
  groups: z.array(z.custom<SavedGroup>((value) => isRecord(value, "members"))),
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
  for (const group of state.groups) org.groups.add({ ...group, members: new Map(group.members) });
  org.hooks = new HookStore();
  for (const hook of state.hooks) org.hooks.add(hook);
  org.log.restore(state.log, state.lastSeq);
}
