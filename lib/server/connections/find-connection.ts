import { database } from "../db/client.ts";
import type { Connection } from "../db/generated/client.ts";
import { ApiProblem } from "../http/problem.ts";

/** @throws ApiProblem "not-found" */
export async function connectionById(id: string): Promise<Connection> {
  const found = await database().prisma.connection.findUnique({ where: { id } });
  if (!found) throw new ApiProblem("not-found", "There is no such connection; it may have been deleted.");
  return found;
}

/** @throws ApiProblem "not-found" */
export async function connectionByAlias(alias: string): Promise<Connection> {
  const found = await database().prisma.connection.findUnique({ where: { alias } });
  if (!found)
    throw new ApiProblem("not-found", `There is no connection "${alias}"; it may have been deleted.`);
  return found;
}
