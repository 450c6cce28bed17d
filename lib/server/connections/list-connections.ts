import type { ConnectionView } from "../../api/connections.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { database } from "../db/client.ts";
import { connectionView } from "./connection-view.ts";
import { connectionById } from "./find-connection.ts";

/** All connections, oldest first. */
export async function listConnections(actor: Actor): Promise<{ connections: ConnectionView[] }> {
  authorize(actor, "connections.read");
  const rows = await database().prisma.connection.findMany({ orderBy: { createdAt: "asc" } });
  return { connections: await Promise.all(rows.map(connectionView)) };
}

/** @throws ApiProblem "not-found" */
export async function getConnection(actor: Actor, id: string): Promise<ConnectionView> {
  authorize(actor, "connections.read");
  return connectionView(await connectionById(id));
}
