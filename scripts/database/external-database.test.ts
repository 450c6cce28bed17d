import { createServer } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "../free-port.ts";
import { withConnection, withDatabase } from "./connect.ts";
import { checkExternalDatabase } from "./external-database.ts";
import { createEmptyDatabase, type TestDatabase } from "./test-database.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createEmptyDatabase();
});

afterAll(() => database.drop());

function changed(changes: Partial<Pick<URL, "port" | "username" | "password" | "hostname">>): string {
  return Object.assign(new URL(database.url), changes).href;
}

test("accepts a database it may create tables in", async () => {
  await checkExternalDatabase(database.url);
});

test.each([
  ["another password", () => changed({ password: "wrong" }), /refuses the account/, /user and password/],
  ["another account", () => changed({ username: "nobody-here" }), /refuses the account/, /user and password/],
  [
    "a host without a name",
    () => changed({ hostname: "nowhere.invalid" }),
    /Nothing answers/,
    /correct host and port/,
  ],
  [
    "a missing database",
    () => withDatabase(database.url, "missing"),
    /"missing" on .* does not exist/,
    /createdb/,
  ],
])("says what is wrong with %s, without the password", async (_, url, message, fix) => {
  const failure = await checkExternalDatabase(url()).catch((error: unknown) => error);
  expect(failure).toMatchObject({ message: expect.stringMatching(message), fix: expect.stringMatching(fix) });
  expect(String(failure)).not.toContain(new URL(database.url).password);
});

test("says that nothing listens at a port", async () => {
  const port = await freePort();
  await expect(checkExternalDatabase(changed({ port: String(port) }))).rejects.toThrow(
    /Nothing answers at .+ECONNREFUSED/,
  );
});

test("says that something else than PostgreSQL listens there", async () => {
  const server = createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")).listen(
    0,
    "127.0.0.1",
  );
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  await expect(checkExternalDatabase(changed({ port: String(port) }))).rejects.toThrow(
    /database ".+" on 127.0.0.1/,
  );
  server.close();
});

test("refuses an account that may not create tables", async () => {
  const name = `reader_${process.pid}`;
  await withConnection(database.url, (client) =>
    client.query(`create role ${name} login password 'only reads'`),
  );
  try {
    const url = changed({ username: name, password: "only reads" });
    await expect(checkExternalDatabase(url)).rejects.toThrow(/may not create tables/);
  } finally {
    await withConnection(database.url, (client) => client.query(`drop role ${name}`));
  }
});
