import { setTimeout as sleep } from "node:timers/promises";
import { Problem } from "../problem.ts";
import { errorCode, withConnection } from "./connect.ts";

/** The oldest PostgreSQL the community still supports; CI runs on 18. */
const OLDEST_VERSION = 14;
const STARTING_UP = "57P03";
const STARTUP_WITHIN_MS = 30_000;
const RETRY_MS = 500;

/**
 * Checks that the database of DATABASE_URL can be used, and says what is wrong when it cannot.
 *
 * @throws Problem when it is unreachable, refuses the account, is missing, too old, or forbids creating tables
 */
export async function checkExternalDatabase(url: string): Promise<void> {
  const { version, mayCreate } = await inspect(url);
  const place = describePlace(url);
  if (version < OLDEST_VERSION * 10_000) {
    throw new Problem(
      `${place} runs PostgreSQL ${Math.floor(version / 10_000)}, and Flowdeck needs ${OLDEST_VERSION} or newer.`,
      "Upgrade the server, or unset DATABASE_URL to use the embedded one.",
    );
  }
  if (!mayCreate) {
    throw new Problem(
      `The account of DATABASE_URL may not create tables in ${place}.`,
      "Make it the owner of the database: `ALTER DATABASE … OWNER TO …`.",
    );
  }
}

async function inspect(url: string): Promise<{ version: number; mayCreate: boolean }> {
  const giveUpAt = Date.now() + STARTUP_WITHIN_MS;
  for (;;) {
    try {
      return await withConnection(url, async (client) => {
        const answer = await client.query<{ version: number; may_create: boolean }>(
          `select current_setting('server_version_num')::int as version,
                  has_database_privilege(current_database(), 'CREATE')
                    and has_schema_privilege('public', 'CREATE') as may_create`,
        );
        const row = answer.rows[0];
        return { version: row?.version ?? 0, mayCreate: row?.may_create ?? false };
      });
    } catch (error) {
      if (errorCode(error) !== STARTING_UP || Date.now() > giveUpAt) throw explain(url, error);
      await sleep(RETRY_MS);
    }
  }
}

function explain(url: string, cause: unknown): Problem {
  const code = errorCode(cause);
  const place = describePlace(url);
  const detail = cause instanceof Error ? cause.message || code : String(cause);
  if (code === "28P01" || code === "28000") {
    return new Problem(
      `${place} refuses the account of DATABASE_URL (${detail}).`,
      "Check user and password in DATABASE_URL; special characters in them must be percent-encoded.",
      { cause },
    );
  }
  if (code === "3D000") {
    return new Problem(
      `${place} does not exist.`,
      "Create it with `createdb`, or correct the name in DATABASE_URL.",
      { cause },
    );
  }
  if (code === undefined || !NETWORK_CODES.has(code)) {
    return new Problem(`${place} cannot be used (${detail}).`, "Check DATABASE_URL.", { cause });
  }
  return new Problem(
    `Nothing answers at ${place} (${detail || code}).`,
    "Start PostgreSQL there, correct host and port in DATABASE_URL, or unset DATABASE_URL to use the embedded one.",
    { cause },
  );
}

const NETWORK_CODES = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ECONNRESET",
  "EAI_AGAIN",
]);

/** Where the URL points, without its password. */
export function describePlace(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `database "${decodeURIComponent(pathname.slice(1))}" on ${hostname}:${port || "5432"}`;
}
