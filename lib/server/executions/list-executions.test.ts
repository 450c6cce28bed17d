import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listExecutions as endpoint } from "#lib/api/executions.ts";
import type { Actor } from "../accounts/actor.ts";
import { addConnection, addFlow, openTestDatabase } from "../db/test-records.ts";
import { listExecutions } from "./list-executions.ts";

const actor: Actor = { kind: "user", id: "u1", name: "Joe", role: "owner" };
const ROWS = 100_000;
/** Every so many-th execution failed, all of them among the oldest tenth. */
const FAILED_EVERY = 100;
let db: Awaited<ReturnType<typeof openTestDatabase>>;
let busy: string;
let quiet: string;

beforeAll(async () => {
  db = await openTestDatabase();
  busy = (await addFlow(db)).id;
  quiet = (await addFlow(db)).id;
  const connection = await addConnection(db);
  const delivery = await db.prisma.delivery.create({
    data: { connectionId: connection.id, source: "hook", eventCount: ROWS },
  });
  await db.pool.query(
    `insert into events (id, connection_id, uuid, event_type, published, delivery_id, payload)
     select gen_random_uuid(), $1::uuid, n, 'user.lifecycle.create', now(), $2::uuid, '{}' from generate_series(1, $3::int) n`,
    [connection.id, delivery.id, ROWS],
  );
  // Several share a millisecond, as in a burst.
  await db.pool.query(
    `insert into executions (flow_id, version_id, mode, event_id, subject, status, reason, error, created_at)
     select $1::uuid, (select live_version_id from flows where id = $1::uuid), 'live',
       (select id from events where uuid = n::text),
       'Person ' || n || ' (person' || n || '@acme.example), Group ' || n % 50,
       case when failed then 'failed' else 'succeeded' end,
       case when failed then 'Not found: Resource not found: 00u' || n end,
       case when failed then '{"kind":"refused","code":"E0000007","message":"Not found","path":"c2"}'::jsonb end,
       timestamptz '2026-05-01T00:00:00Z' + (n / 3) * interval '1 second'
     from (select n, n % $3::int = 0 and n <= $2::int / 10 as failed from generate_series(1, $2::int) n) rows`,
    [busy, ROWS, FAILED_EVERY],
  );
  // A few did not run, a few are grave; both among the oldest.
  await db.pool.query(
    `update executions set ran = false, reason = 'Did not run, because the group is Legal.'
     where subject ~ '^Person [0-9]{2} '`,
  );
  await db.pool.query(
    `update executions set severity = case when subject ~ '^Person [0-9]1 ' then 'critical' else 'minor' end
     where subject ~ '^Person [0-9][1-3] '`,
  );
  await db.prisma.execution.create({
    data: { flowId: quiet, mode: "test", subject: "100%_\\ sure", trigger: { eventType: "x.y" } },
  });
  await db.pool.query("analyze");
}, 120_000);
afterAll(() => db.drop());

const list = (query: Record<string, unknown> = {}) => {
  if (!endpoint.query) throw new Error("The list has no query.");
  return listExecutions(actor, endpoint.query.parse(query));
};

describe("among 100,000 executions", () => {
  test("pages meet without gap or overlap, newest first", async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < 10; page++) {
      const { items, next } = await list({ limit: 200, ...(cursor ? { cursor } : {}) });
      seen.push(...items.map(({ id }) => id));
      cursor = next;
    }
    const { rows } = await db.pool.query(
      "select id from executions order by created_at desc, id desc limit 2000",
    );
    expect(seen).toEqual(rows.map(({ id }) => id));
  });

  test("the last page says that it is the last", async () => {
    const { items, next } = await list({ flowId: quiet });
    expect([items.length, next]).toEqual([1, undefined]);
  });

  test("finds the few that failed, across pages", async () => {
    const first = await list({ status: "failed,attention", limit: 60 });
    const second = await list({ status: "failed,attention", limit: 60, cursor: first.next });
    const found = [...first.items, ...second.items];
    expect(found).toHaveLength(ROWS / 10 / FAILED_EVERY);
    expect(new Set(found.map(({ status }) => status))).toEqual(new Set(["failed"]));
    expect(found[0]?.error).toEqual({ code: "E0000007", message: "Not found", path: "c2" });
    expect(second.next).toBeUndefined();
  });

  test("finds those that did not run, by themselves and by their reason", async () => {
    const { items, next } = await list({ ran: "false", limit: 200 });
    expect([items.length, next]).toEqual([90, undefined]);
    expect(items[0]).toMatchObject({ ran: false, reason: "Did not run, because the group is Legal." });
    expect((await list({ text: "because the group is legal", limit: 200 })).items).toHaveLength(90);
    expect((await list({ ran: "true", text: "the group is legal" })).items).toEqual([]);
  });

  test("finds the grave ones, several kinds merged by date", async () => {
    const both = (await list({ severity: "critical,minor", limit: 200 })).items;
    expect(both.map(({ severity }) => severity)).toContain("critical");
    expect(both).toHaveLength(27);
    expect(both.map(({ createdAt }) => createdAt)).toEqual(
      both.map(({ createdAt }) => createdAt).toSorted((a, b) => b.localeCompare(a)),
    );
    expect((await list({ severity: "critical" })).items).toHaveLength(9);
    expect((await list({ severity: "critical", status: "failed" })).items).toEqual([]);
    expect((await list({ severity: "critical", status: "succeeded" })).items).toHaveLength(9);
    expect((await list({ severity: "major" })).items).toEqual([]);
  });

  test("merges several statuses by date", async () => {
    const all = await list({ limit: 100, until: "2026-05-01T00:05:00Z" });
    const merged = await list({ limit: 100, until: "2026-05-01T00:05:00Z", status: "failed,succeeded" });
    expect(merged.items).toEqual(all.items);
  });

  test("filters by flow, mode and time", async () => {
    expect((await list({ mode: "test" })).items.map(({ flow }) => flow.id)).toEqual([quiet]);
    expect((await list({ flowId: quiet, mode: "live" })).items).toEqual([]);
    const { items } = await list({ since: "2026-05-01T00:00:10Z", until: "2026-05-01T00:00:11Z" });
    expect(items.map(({ createdAt }) => createdAt)).toEqual(Array(3).fill("2026-05-01T00:00:10.000Z"));
  });

  test.each([
    ["a login", "PERSON777@acme", 1],
    ["an error", "resource not found: 00u500", 2],
    ["nothing there is", "nobody@nowhere", 0],
  ])("searches %s", async (_, text, count) => {
    expect((await list({ text })).items).toHaveLength(count);
  });

  test.each(["100%", "%_\\", "_\\ s"])("takes %j as it stands", async (text) => {
    expect((await list({ text })).items.map(({ flow }) => flow.id)).toEqual([quiet]);
  });

  test("finds an execution by its id", async () => {
    const [some] = (await list({ limit: 1, status: "failed" })).items;
    expect((await list({ text: some?.id })).items).toEqual([some]);
    expect((await list({ text: randomUUID() })).items).toEqual([]);
  });

  test("tells the event's type, of tests too", async () => {
    expect((await list({ limit: 1, flowId: busy })).items[0]?.eventType).toBe("user.lifecycle.create");
    expect((await list({ flowId: quiet })).items[0]?.eventType).toBe("x.y");
  });

  test("no page walks the table: each is found through an index", async () => {
    const queries: Record<string, unknown>[] = [
      {},
      { flowId: busy },
      { status: "failed" },
      { ran: "false" },
      { severity: "critical,minor" },
      { status: "failed,attention,succeeded" },
      { since: "2026-05-01T02:00:00Z", until: "2026-05-01T03:00:00Z" },
      { cursor: (await list({ status: "failed", limit: 50 })).next },
      { mode: "plan" },
      { mode: "test", flowId: busy },
      { text: "acme.example" },
      { text: "nobody@nowhere", status: "failed" },
      { text: "acme.example", mode: "test" },
      { text: "acme.example", until: "2026-05-01T00:10:00Z" },
    ];
    for (const query of queries) expect(await rowsRead(query), JSON.stringify(query)).toBeLessThan(3000);
  });

  test("what the newest do not have is looked for among 10,000 of them, then through the index of words", async () => {
    const read = await rowsRead({ text: "nobody@nowhere" });
    expect(read).toBeGreaterThan(10_000);
    expect(read).toBeLessThan(25_000);
  });

  test("two letters, which no index knows, are looked for among the newest 10,000 alone", async () => {
    expect((await list({ text: "zq" })).items).toEqual([]);
    expect((await list({ text: "n9", limit: 5 })).items).toHaveLength(5);
    expect(await rowsRead({ text: "zq" })).toBeLessThan(11_000);
  });
});

/** How many rows of `executions` PostgreSQL looks at for a page. */
async function rowsRead(query: Record<string, unknown>): Promise<number> {
  const client = await db.pool.connect();
  const connect = db.pool.query;
  let read = 0;
  try {
    // The statements as the service sends them, explained before they run.
    Object.assign(db.pool, {
      query: async (text: string, values: unknown[]) => {
        const { rows } = await client.query(`explain (analyze, format json) ${text}`, values);
        read += rowsOf(rows[0]["QUERY PLAN"][0].Plan);
        return client.query(text, values);
      },
    });
    await list(query);
  } finally {
    Object.assign(db.pool, { query: connect });
    client.release();
  }
  return read;
}

interface PlanNode {
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  Plans?: PlanNode[];
}

function rowsOf(plan: unknown): number {
  const node = plan as PlanNode;
  const inner = (node.Plans ?? []).reduce((sum, child) => sum + rowsOf(child), 0);
  if (node["Relation Name"] !== "executions") return inner;
  return inner + (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"];
}

test("refuses a cursor or a status there is not", async () => {
  await expect(list({ cursor: "abc" })).rejects.toMatchObject({ code: "bad-request" });
  await expect(list({ severity: "grave" })).rejects.toMatchObject({ code: "bad-request" });
  await expect(list({ status: "failed,lost" })).rejects.toMatchObject({ code: "bad-request" });
});
