import type { ConnectionView } from "../../api/connections.ts";
import { database } from "../db/client.ts";
import type { Connection } from "../db/generated/client.ts";
import { intakeCounts } from "../intake/intake-counts.ts";
import { refusalsOf } from "../intake/refusals-view.ts";
import { wantedEventTypes } from "./hook-event-types.ts";
import { HOOKS_PER_ORG } from "./hook-problem.ts";
import { hookAddress, intakeModeFor } from "./intake-mode.ts";
import { TYPES_PER_HOOK } from "./share-event-types.ts";

/** How a connection's events reach us, and how that went. */
export async function intakeView(connection: Connection): Promise<ConnectionView["intake"]> {
  const { id } = connection;
  const { mode, explanation } = intakeModeFor(connection.orgUrl);
  const [hooks, wanted, counts, refused] = await Promise.all([
    database().prisma.connectionHook.findMany({ where: { connectionId: id }, orderBy: { position: "asc" } }),
    wantedEventTypes(id),
    intakeCounts(database().pool, id),
    refusalsOf(database().pool, id),
  ]);
  return {
    mode,
    explanation,
    hookStatus: stateOf(connection.hookStatus) ?? "none",
    hookDetail: connection.hookDetail,
    hookAddress: mode === "hook" ? hookAddress(connection) : null,
    hooks: hooks.map(({ eventTypes, status, detail }) => ({
      status: stateOf(status) ?? "failed",
      detail,
      eventTypes: eventTypes.length,
      limit: TYPES_PER_HOOK,
    })),
    orgHooks: connection.orgHooks === null ? null : { active: connection.orgHooks, limit: HOOKS_PER_ORG },
    eventTypes: hooks.flatMap(({ eventTypes }) => eventTypes).sort(),
    hooksIdle: hooks.length > 0 && wanted.byHook.length === 0,
    logEventTypes: mode === "hook" ? wanted.byLog : [...wanted.byHook, ...wanted.byLog].sort(),
    lastDeliveryAt: counts.lastDeliveryAt?.toISOString() ?? null,
    lastRecoveryAt: counts.lastRecoveryAt?.toISOString() ?? null,
    lagSeconds: counts.lagSeconds,
    counts: { lastDay: counts.lastDay, allTime: counts.allTime },
    refused,
    logReadAt: connection.logReadAt?.toISOString() ?? null,
    logSeenUntil: connection.logSeenUntil?.toISOString() ?? null,
    logDetail: connection.logDetail,
  };
}

function stateOf(status: string): "verified" | "unverified" | "failed" | undefined {
  return status === "verified" || status === "unverified" || status === "failed" ? status : undefined;
}
