import type { OktaClient } from "../../connectors/okta/client.ts";
import { database } from "../db/client.ts";
import type { ConnectionHook } from "../db/generated/client.ts";
import {
  createHook,
  type HookSettings,
  type HookState,
  readHook,
  removeHook,
  replaceHook,
  verifyHook,
} from "./hook-calls.ts";
import { problemText } from "./hook-problem.ts";

/** One hook of a connection. */
export interface HookTask {
  connectionId: string;
  /** 0 for the first. */
  position: number;
  client: OktaClient;
  /** What it should be. */
  settings: HookSettings;
  /** What we know of it; absent for a new one. */
  row: ConnectionHook | undefined;
  /** All hooks the org had at the beginning of the round. */
  atOrg: readonly HookState[];
}

/**
 * Makes one hook what it should be and writes down how it went.
 * @throws CardError as every call of the org
 */
export async function settleHook(task: HookTask): Promise<void> {
  const { connectionId, position, client, settings } = task;
  try {
    const { hook, row } = await currentHook(task);
    const kept = hook && row?.status !== "unverified" && isAsWanted(hook, settings);
    const verified = !hook ? false : kept ? hook.verified : await replaceHook(client, hook.id, settings);
    const hookId = hook?.id ?? (await createHook(client, settings));
    const { eventTypes } = settings;
    await save(task, { hookId, status: verified ? "verified" : "unverified", detail: null, eventTypes });
    if (!verified) await verifyHook(client, hookId);
    await save(task, { hookId, status: "verified", detail: null, eventTypes });
  } catch (error) {
    await database().prisma.connectionHook.updateMany({
      // One that was never verified, or has an old secret, stays so: it must be replaced with the next round.
      where: { connectionId, position, status: { not: "unverified" } },
      data: { status: "failed" },
    });
    await database().prisma.connectionHook.updateMany({
      where: { connectionId, position },
      data: { detail: problemText(error) },
    });
    throw error;
  }
}

function isAsWanted(hook: HookState, { address, eventTypes }: HookSettings): boolean {
  return (
    hook.address === address &&
    hook.eventTypes.length === eventTypes.length &&
    eventTypes.every((type) => hook.eventTypes.includes(type))
  );
}

interface Current {
  hook: HookState | undefined;
  row: Pick<ConnectionHook, "status"> | undefined;
}

/** The hook as Okta has it now; one that an admin deactivated is removed, so that a new one takes its place. */
async function currentHook(task: HookTask): Promise<Current> {
  const { client, row, atOrg } = task;
  // A list may lag behind what was just made: a second one would be registered beside it.
  const known = row && (atOrg.find(({ id }) => id === row.hookId) ?? (await readHook(client, row.hookId)));
  const hook = known ?? (await adoptable(task));
  if (hook && !hook.active) {
    await removeHook(client, hook.id);
    return { hook: undefined, row };
  }
  // Of an adopted hook nobody knows which secret it sends, so it is treated as one that is not verified.
  return { hook, row: known ? row : { status: "unverified" } };
}

/**
 * A hook the org already has under this name or for this address: one whose registration was answered while nobody
 * listened any more, or that a deleted connection left behind. Okta allows no second one of the name.
 */
async function adoptable({ connectionId, settings, atOrg }: HookTask): Promise<HookState | undefined> {
  const ours = await database().prisma.connectionHook.findMany({
    where: { connectionId },
    select: { hookId: true },
  });
  const taken = new Set(ours.map(({ hookId }) => hookId));
  const free = atOrg.filter(({ id }) => !taken.has(id));
  return (
    free.find(({ name }) => name === settings.name) ??
    free.find(({ address }) => address === settings.address)
  );
}

async function save(
  { connectionId, position }: HookTask,
  data: Pick<ConnectionHook, "hookId" | "status" | "detail" | "eventTypes">,
): Promise<void> {
  await database().prisma.connectionHook.upsert({
    where: { connectionId_position: { connectionId, position } },
    create: { connectionId, position, ...data },
    update: data,
  });
}
