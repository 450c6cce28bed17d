import { Agent, createServer, request, type Server } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ALWAYS, DATA_ONLY } from "../http/answer-headers.ts";
import type { AnswerHook } from "./hook-door.ts";
import { serveHook } from "./serve-hook.ts";
import { listen } from "./test-hook-server.ts";

const calls: string[] = [];
let server: Server;
let url: string;

/** Notes the call and reads so many bytes of its body. */
const noting =
  (what: string, bytes: number): AnswerHook =>
  async ({ headers, body }, endpointId) => {
    let read = 0;
    for await (const part of body ?? []) {
      read += part.byteLength;
      if (read >= bytes) break;
    }
    calls.push(`${what} ${endpointId} ${headers.get("authorization")} ${read > 0}`);
    return Response.json({ what }, { status: 401, headers: { "retry-after": "5" } });
  };

beforeAll(async () => {
  const door = { receive: noting("receive", 1), verify: noting("verify", 1) };
  server = createServer((incoming, outgoing) => {
    if (!serveHook(incoming, outgoing, door)) outgoing.writeHead(404).end("somebody else's");
  });
  url = `http://127.0.0.1:${await listen(server)}`;
});
afterAll(() => server.close());

test("answers the two kinds of calls, with the headers of all answers", async () => {
  const headers = { authorization: "secret" };
  const verified = await fetch(`${url}/hooks/okta/abc?x=1`, { headers });
  const received = await fetch(`${url}/hooks/okta/abc`, { method: "POST", headers, body: "{}" });
  expect(calls.splice(0)).toEqual(["verify abc secret false", "receive abc secret true"]);
  expect(await received.json()).toEqual({ what: "receive" });
  for (const answer of [verified, received]) {
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([401, "5"]);
    expect(answer.headers.get("content-type")).toBe("application/json");
    for (const { key, value } of [...ALWAYS, ...DATA_ONLY]) expect(answer.headers.get(key), key).toBe(value);
  }
});

test("the answer arrives though most of the body was not read, and so does the next one on that connection", async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const post = (body: string) =>
    new Promise<[number | undefined, boolean]>((resolve, reject) => {
      const sent = request(`${url}/hooks/okta/abc`, { method: "POST", agent }, (answer) => {
        answer.resume().once("end", () => resolve([answer.statusCode, sent.reusedSocket]));
      });
      sent.once("error", reject).end(body);
    });
  expect(await post("x".repeat(3_000_000))).toEqual([401, false]);
  expect(await post("{}")).toEqual([401, true]);
  agent.destroy();
  calls.length = 0;
});

test.each([
  ["GET", "/hooks/okta/"],
  ["GET", "/hooks/okta/abc/more"],
  ["GET", "/hooks"],
  ["POST", "/api/flows"],
  ["PUT", "/hooks/okta/abc"],
  ["OPTIONS", "/hooks/okta/abc"],
])("leaves %s %s to others", async (method, path) => {
  expect((await fetch(url + path, { method })).status).toBe(404);
  expect(calls).toEqual([]);
});
