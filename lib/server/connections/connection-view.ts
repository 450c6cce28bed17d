import type { ConnectionView } from "../../api/connections.ts";
import { database } from "../db/client.ts";
import type { Connection } from "../db/generated/client.ts";
import { env } from "../env/env.ts";
import { flowsUsing } from "./connection-usage.ts";
import { hookAddress, intakeModeFor } from "./intake-mode.ts";

/** A connection as the API shows it. Its secret is not among what is read here. */
export async function connectionView(connection: Connection): Promise<ConnectionView> {
  const [usedBy, lastDelivery] = await Promise.all([
    flowsUsing(connection.alias),
    database().prisma.delivery.findFirst({
      where: { connectionId: connection.id },
      orderBy: { receivedAt: "desc" },
      select: { receivedAt: true },
    }),
  ]);
  const { mode, explanation } = intakeModeFor(connection.orgUrl);
  return {
    id: connection.id,
    alias: connection.alias,
    connector: connection.connector,
    name: connection.name,
    orgUrl: connection.orgUrl,
    orgName: connection.orgName,
    adminLogin: connection.adminLogin,
    status: connection.status === "broken" ? "broken" : "connected",
    statusDetail: connection.statusDetail,
    sandbox: isSandbox(connection),
    intake: {
      mode,
      explanation,
      hookStatus: hookStatusOf(connection.hookStatus),
      hookDetail: connection.hookDetail,
      hookAddress: mode === "hook" ? hookAddress(connection) : null,
      eventTypes: connection.hookEventTypes,
      lastDeliveryAt: lastDelivery?.receivedAt.toISOString() ?? null,
      logReadAt: connection.logReadAt?.toISOString() ?? null,
      logDetail: connection.logDetail,
    },
    usedBy,
    createdAt: connection.createdAt.toISOString(),
  };
}

/** True for the sandbox org that runs beside the console. */
export function isSandbox(connection: { orgUrl: string }): boolean {
  const { sandboxUrl } = env();
  return sandboxUrl !== undefined && new URL(sandboxUrl).origin === connection.orgUrl;
}

function hookStatusOf(status: string): ConnectionView["intake"]["hookStatus"] {
  return status === "verified" || status === "unverified" || status === "failed" ? status : "none";
}
