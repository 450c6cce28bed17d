import { PrismaClientValidationError } from "@prisma/client/runtime/client";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CardError } from "../cards/errors.ts";
import { openTestDatabase } from "./db/test-records.ts";
import { safeError, safeFields, safeText } from "./safe-log.ts";

const TOKEN = `00${"aB3-x".repeat(8)}`;

describe("texts", () => {
  test.each([
    [
      "Not found: Resource not found: ann.lee@acme.example (User)",
      "Not found: Resource not found: [address] (User)",
    ],
    ["GET /api/v1/users/ann%40acme.example failed", "GET /api/v1/users/[address] failed"],
    [`sent with SSWS ${TOKEN}.`, "sent with SSWS [token]"],
    [`token ${TOKEN} is no good`, "token [token] is no good"],
    ["eyJhbGciOi.eyJzdWIi.c2ln was refused", "[token] was refused"],
    ["user 00u1abcDEF2ghiJKL345 is gone", "user [user] is gone"],
    [`Unexpected token 'A', "Ann Lee" is not valid JSON`, "Unexpected token 'A', [text] is not valid JSON"],
    ['invalid input syntax for type uuid: "Ann Lee"', "invalid input syntax for type uuid: [value]"],
  ])("%s", (text, safe) => {
    expect(safeText(text)).toBe(safe);
  });

  test.each([
    "An execution left its worker.",
    "01a200ec-3aba-70c7-ad09-26158a027f48",
    "connect ECONNREFUSED 127.0.0.1:5432",
    'duplicate key value violates unique constraint "events_connection_id_uuid_key"',
  ])("%s stays as it is", (text) => {
    expect(safeText(text)).toBe(text);
  });
});

describe("errors", () => {
  let db: Awaited<ReturnType<typeof openTestDatabase>>;
  beforeAll(async () => {
    db = await openTestDatabase();
  });
  afterAll(() => db.drop());

  /** The line a logger like ours writes about an error. */
  const lineOf = (err: unknown) => {
    const lines: string[] = [];
    const options = { serializers: { err: safeError }, formatters: { log: safeFields } };
    pino(options, { write: (line: string) => lines.push(line) }).error({ err }, "It failed.");
    return lines.join("");
  };
  const thrownBy = (work: () => Promise<unknown>) =>
    work().then(
      () => undefined,
      (error: unknown) => error,
    );

  test("PostgreSQL's keep their code and constraint, not the row", async () => {
    const insert = () =>
      db.pool.query(
        "insert into users (id, name, email, updated_at) values ('u', 'Ann Lee', 'ann@acme.example', now())",
      );
    await insert();
    const line = lineOf(await thrownBy(insert));
    expect(JSON.parse(line).err).toMatchObject({ code: "23505", constraint: "users_pkey" });
    expect(line).not.toMatch(/Ann|acme|\(u\)/);
    const notNull = await thrownBy(() =>
      db.pool.query("insert into users (id, name) values ('x', 'Ann Lee')"),
    );
    expect(lineOf(notNull)).not.toContain("Ann");
    const badJson = await thrownBy(() => db.pool.query("select $1::jsonb", ['{"name": "Ann Lee" oops}']));
    expect(lineOf(badJson)).not.toContain("Ann");
  });

  test("Prisma's do not show the arguments of the call", async () => {
    const query = { where: { name: "Ann Lee", nothing: 1 } };
    const thrown = await thrownBy(() => db.prisma.user.findMany(query as object));
    expect(thrown).toBeInstanceOf(PrismaClientValidationError);
    expect(String(thrown)).toContain("Ann Lee");
    expect(lineOf(thrown)).not.toContain("Ann");
    expect(JSON.parse(lineOf(thrown)).err.message).toContain("nothing");
  });

  test("a card's say what kind they are, and lead to their cause without its message", () => {
    const cause = new TypeError("fetch failed for ann@acme.example");
    const error = new CardError(
      "Okta says: Ann is not active.",
      { kind: "refused", code: "E0000016", status: 400 },
      { cause },
    );
    const line = lineOf(error);
    expect(JSON.parse(line).err).toMatchObject({
      message: "refused (E0000016, 400)",
      cause: { type: "TypeError", message: "fetch failed for [address]" },
    });
    expect(line).not.toMatch(/Ann|ann@/);
  });

  test("parsing a text that is no JSON does not quote it", async () => {
    const thrown = await thrownBy(async () => JSON.parse("Ann Lee"));
    expect(lineOf(thrown)).not.toContain("Ann");
  });
});
