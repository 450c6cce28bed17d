import type { ConnectionView } from "../../api/connections.ts";
import type { Connection } from "../db/generated/client.ts";
import { env } from "../env/env.ts";
import { authorizationView } from "./authorization-view.ts";
import { flowsUsing } from "./connection-usage.ts";
import { intakeView } from "./intake-view.ts";

/** A connection as the API shows it. Its secret is not among what is read here. */
export async function connectionView(connection: Connection): Promise<ConnectionView> {
  const [usedBy, intake, authorization] = await Promise.all([
    flowsUsing(connection.alias),
    intakeView(connection),
    authorizationView(connection),
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
    usedBy,
    createdAt: connection.createdAt.toISOString(),
  };
}

/** True for the sandbox org that runs beside the console. */
export function isSandbox(connection: { orgUrl: string }): boolean {
  const { sandboxUrl } = env();
  return sandboxUrl !== undefined && new URL(sandboxUrl).origin === connection.orgUrl;
}
