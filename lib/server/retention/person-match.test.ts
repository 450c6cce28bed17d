import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#scripts/database/test-database.ts";
import { matches, personMatch } from "./person-match.ts";

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

async function found(text: string, ...terms: string[]): Promise<boolean> {
  const { patterns, expression } = personMatch(terms);
  const { rows } = await client.query(`select ${matches("$1::text")} as found`, [text, patterns, expression]);
  return rows[0]?.found;
}

test.each([
  ['{"login": "ann@acme.example"}', true],
  ['{"login": "ANN@acme.example"}', true],
  ["/api/v1/users/ann%40acme.example/groups", true],
  ["/api/v1/users?search=profile.login+eq+%22ann%40acme.example%22", true],
  [JSON.stringify({ body: '{\n"to":\n"x"}\nann@acme.example' }), true],
  ["Resource not found: ann@acme.example (User)", true],
  ["It was ann@acme.example.", true],
  // Others.
  ['{"login": "joann@acme.example"}', false],
  ['{"login": "mary.ann@acme.example"}', false],
  ['{"login": "x-ann@acme.example"}', false],
  ['{"login": "ann@acme.example.org"}', false],
  ["ann", false],
])("%s: %s", async (text, expected) => {
  expect(await found(text, "ann@acme.example")).toBe(expected);
});

test("ids are found whole", async () => {
  expect(await found('{"id": "00u1abcDEF2ghiJKL345"}', "00u1abcDEF2ghiJKL345")).toBe(true);
  expect(await found('{"id": "00u1abcDEF2ghiJKL3456"}', "00u1abcDEF2ghiJKL345")).toBe(false);
});

test("what means something in a pattern or expression is only text", async () => {
  for (const term of ["a.b+c", "100%_sure", "back\\slash", 'quo"te', "(x)|[y]"]) {
    expect(await found(JSON.stringify({ it: term }), term)).toBe(true);
    expect(await found("something quite different", term)).toBe(false);
  }
});
