import type { ConnectionView } from "../../api/connections.ts";
import { database } from "../db/client.ts";
import type { Connection } from "../db/generated/client.ts";
import { env } from "../env/env.ts";
import { authorizationView } from "./authorization-view.ts";
import { flowsUsing } from "./connection-usage.ts";
import { intakeView } from "./intake-view.ts";

/** A connection as the API shows it. Its secret is not among what is read here. */
export async function connectionView(connection: Connection): Promise<ConnectionView> {
  const [usedBy, intake, authorization, sameOrg] = await Promise.all([
    flowsUsing(connection.alias),
    intakeView(connection),
    authorizationView(connection),
    othersOfOrg(connection),
  ]);
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
    authorization,
    intake,
    hiddenAttributes: connection.hiddenAttributes,
    sameOrg,
    usedBy,
    createdAt: connection.createdAt.toISOString(),
  };
}

async function othersOfOrg({ id, orgUrl }: Connection): Promise<string[]> {
  const others = await database().prisma.connection.findMany({
    where: { orgUrl, id: { not: id } },
    select: { name: true },
    orderBy: { createdAt: "asc" },
  });
  return others.map(({ name }) => name);
}

/** True for the sandbox org that runs beside the console. */
export function isSandbox(connection: { orgUrl: string }): boolean {
  const { sandboxUrl } = env();
  return sandboxUrl !== undefined && new URL(sandboxUrl).origin === connection.orgUrl;
}
