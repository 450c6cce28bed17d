import type { Pool, PoolClient } from "pg";

/** Where a statement can run: the pool, or the connection of a transaction. */
export type Sql = Pick<PoolClient, "query">;

/**
 * Runs `work` in one transaction on one connection: committed when it returns, rolled back when it throws.
 *
 * @throws whatever `work` throws, and PostgreSQL's error when the commit fails
 */
export async function withTransaction<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("begin");
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    // A connection that can't roll back is in an unknown state: the pool must throw it away.
    broken = await client.query("rollback").then(
      () => undefined,
      (failure: unknown) => (failure instanceof Error ? failure : new Error(String(failure))),
    );
    throw error;
  } finally {
    client.release(broken);
  }
}
