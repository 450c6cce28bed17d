import { database } from "../db/client.ts";
import type { Connection } from "../db/generated/client.ts";
import { addUpPastDays } from "../intake/intake-counts.ts";
import { log } from "../log.ts";
import { type Rounds, startRounds } from "../rounds.ts";
import { askOrg } from "./ask-org.ts";
import { clientOf } from "./client-of.ts";
import { syncHook } from "./hook.ts";
import { intakeModeFor } from "./intake-mode.ts";
import { readLog } from "./log-reader.ts";

/** How often the hooks are looked after. An admin may have deleted one at Okta; a reset sandbox org has none. */
const HOOK_EVERY_MS = 20_000;
/** How often the System Log is read where it is what brings the events: 12 calls a minute of usually 120. */
const LOG_EVERY_MS = 5_000;
/** How often it is read where a hook works, for what that misses: 6 calls a minute, a twentieth of Okta's usual limit. */
const LOG_BESIDE_HOOK_MS = 10_000;
/** How often days that are over are added up. */
const DAYS_EVERY_MS = 60 * 60_000;

/** Keeps what brings events in working, for all connections, in the worker. Several workers take turns by lock. */
export function startConnectionKeeper(): Rounds {
  const failed = "A round of looking after connections failed.";
  const all = [
    startRounds({ everyMs: HOOK_EVERY_MS, failed, round: keepHooks }),
    startRounds({ everyMs: LOG_EVERY_MS, failed, round: readLogs }),
    startRounds({ everyMs: DAYS_EVERY_MS, failed, round: () => addUpPastDays(database().pool) }),
  ];
  return {
    stop: async () => {
      await Promise.all(all.map((rounds) => rounds.stop()));
    },
  };
}

/** One round of hooks. */
export async function keepHooks(): Promise<void> {
  await forEach(await connected(), async (connection) => {
    // Its hook does not wait for its name.
    if (intakeModeFor(connection.orgUrl).mode === "hook") await syncHook(connection.id);
    if (connection.auth === "token" && connection.adminLogin === null) await identify(connection);
  });
}

/** One round of logs. */
export async function readLogs(): Promise<void> {
  await forEach(await connected(), async (connection) => {
    if (isTimeToRead(connection)) await readLog(connection.id);
  });
}

/** Each connection apart: one whose org is down must not end the round for those behind it. */
async function forEach(
  connections: Connection[],
  look: (connection: Connection) => Promise<void>,
): Promise<void> {
  for (const connection of connections) {
    try {
      await look(connection);
    } catch (error) {
      log.warn(
        { connectionId: connection.id, err: error },
        `The connection "${connection.alias}" could not be looked after; the next round tries again.`,
      );
    }
  }
}

/** Where a hook works the log has time; where none does, a failed one too, the log is all there is. */
function isTimeToRead({ orgUrl, hookStatus, logReadAt }: Connection): boolean {
  const hooked = intakeModeFor(orgUrl).mode === "hook" && hookStatus === "verified";
  // Rounds come a little after each other: without the half a round every second one would be left out.
  return !hooked || Date.now() - (logReadAt?.getTime() ?? 0) > LOG_BESIDE_HOOK_MS - LOG_EVERY_MS / 2;
}

function connected() {
  return database().prisma.connection.findMany({
    where: { status: "connected" },
    orderBy: { createdAt: "asc" },
  });
}

/** The sandbox org's connection is made before that org runs, so it is asked for its name afterwards. */
async function identify(connection: Connection): Promise<void> {
  const identity = await askOrg(clientOf(connection), "token");
  await database().prisma.connection.updateMany({ where: { id: connection.id }, data: { ...identity } });
}
