import { beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { endpoint } from "#lib/api/endpoint.ts";
import type { Actor } from "../accounts/actor.ts";
import { type Caller, handlerWith } from "./handler-with.ts";
import { ApiProblem } from "./problem.ts";
import { Reply } from "./reply.ts";

const HOST = "localhost:3000";
const ORIGIN = `http://${HOST}`;
const owner: Actor = { kind: "user", id: "u1", name: "Ann", role: "owner" };
const program: Actor = { kind: "token", id: "t1", name: "Export", role: "token" };

let caller: Caller | undefined;
const report = vi.fn();
const { handle, handlePublic } = handlerWith({
  authenticate: async () => caller,
  publicUrl: () => "https://flows.example.com",
  report,
  checkAnswers: true,
});

const rename = endpoint({
  method: "PUT",
  path: "/api/things/{id}",
  summary: "",
  tag: "",
  permission: "settings.manage",
  params: z.object({ id: z.uuid() }),
  query: z.object({ limit: z.coerce.number().int().max(9).default(5) }),
  body: z.strictObject({ name: z.string().min(1) }),
  answer: z.object({ name: z.string() }),
});
const look = endpoint({
  method: "GET",
  path: "/api/things",
  summary: "",
  tag: "",
  permission: "flows.read",
  answer: z.object({ name: z.string() }),
});
const begin = endpoint({
  method: "POST",
  path: "/api/begin",
  summary: "",
  tag: "",
  permission: "public",
  answer: z.object({ name: z.string() }),
});

const ID = "0d9be2a4-6b1f-4f0e-9f56-5a0a3c1b7a11";
const service = vi.fn();
const put = handle(rename, service, { bodyLimit: 200 });
const get = handle(look, service);

interface Sent {
  headers?: Record<string, string | undefined>;
  body?: string;
  path?: string;
}

function send({ headers = {}, body = '{"name":"x"}', path = `/api/things/${ID}` }: Sent = {}): Request {
  const all = { host: HOST, origin: ORIGIN, "content-type": "application/json", ...headers };
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new Request(ORIGIN + path, { method: "PUT", headers: given, body });
}

async function refusal(answer: Promise<Response>) {
  const response = await answer;
  const { error } = await response.json();
  expect(response.headers.get("cache-control")).toBe("no-store");
  return { status: response.status, code: error.code, error };
}

beforeEach(() => {
  caller = { actor: owner, by: "cookie", sessionId: "s1" };
  service.mockReset().mockReturnValue({ name: "x" });
  report.mockReset();
});

describe("a good request", () => {
  test("reaches the service parsed, and its answer is never cached", async () => {
    const response = await put(send({ path: `/api/things/${ID}?limit=7` }));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ name: "x" });
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(service).toHaveBeenCalledWith(
      expect.objectContaining({ actor: owner, params: { id: ID }, query: { limit: 7 }, body: { name: "x" } }),
    );
  });

  test("may be answered with a status and headers of the service's own", async () => {
    service.mockReturnValue(new Reply({ name: "x" }, { status: 503, headers: { "retry-after": "7" } }));
    const response = await get(new Request(`${ORIGIN}/api/things`));
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "7"]);
  });

  test("is answered 304 when the caller has this version", async () => {
    service.mockReturnValue(new Reply({ name: "x" }, { etag: '"v1"' }));
    const first = await get(new Request(`${ORIGIN}/api/things`));
    expect([first.status, first.headers.get("cache-control")]).toEqual([200, "private, no-cache"]);
    const again = await get(new Request(`${ORIGIN}/api/things`, { headers: { "if-none-match": '"v1"' } }));
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });
});

describe("refused before the service is called", () => {
  const refused = async (answer: Promise<Response>, status: number, code: string) => {
    const got = await refusal(answer);
    expect(got).toMatchObject({ status, code });
    expect(service).not.toHaveBeenCalled();
    expect(report).not.toHaveBeenCalled();
    return got.error;
  };

  test("nobody", async () => {
    caller = undefined;
    await refused(put(send()), 401, "not-signed-in");
    await refused(get(new Request(`${ORIGIN}/api/things`)), 401, "not-signed-in");
  });

  test("nobody, even with a body that is wrong: strangers learn nothing of it", async () => {
    caller = undefined;
    await refused(put(send({ body: "{" })), 401, "not-signed-in");
  });

  test("a role without the right", async () => {
    caller = { actor: program, by: "token" };
    await refused(put(send()), 403, "forbidden");
  });

  test.each([
    ["without Origin", { origin: undefined }],
    ["from another site", { origin: "https://evil.example" }],
    ["from another port of this machine", { origin: "http://localhost:4000" }],
    ["from a name that points here", { origin: "http://evil.example:3000", host: "evil.example:3000" }],
    ["from an opaque page", { origin: "null" }],
    ["that the browser calls cross-site", { "sec-fetch-site": "cross-site" }],
    ["that the browser calls same-site", { "sec-fetch-site": "same-site" }],
  ])("a write by cookie %s", async (_name, headers) => {
    await refused(put(send({ headers })), 403, "forbidden");
  });

  test.each([
    [undefined, 415, "unsupported-media-type"],
    ["text/plain", 415, "unsupported-media-type"],
    ["multipart/form-data; boundary=x", 415, "unsupported-media-type"],
    ["application/x-www-form-urlencoded", 415, "unsupported-media-type"],
  ])("content type %s", async (type, status, code) => {
    // A Request gives itself text/plain where no type is named.
    await refused(put(send({ headers: { "content-type": type } })), status, code);
  });

  test("a body that is too large, announced or not", async () => {
    const large = JSON.stringify({ name: "x".repeat(300) });
    await refused(put(send({ body: large })), 413, "too-large");
    await refused(put(send({ headers: { "content-length": "300" } })), 413, "too-large");
  });

  test.each([
    ["broken JSON", '{"name":'],
    ["nothing", ""],
    ["a prototype", '{"name":"x","__proto__":{"role":"owner"}}'],
    ["deep nesting", `${"[".repeat(101)}${"]".repeat(91)}`],
  ])("%s", async (_name, body) => {
    await refused(put(send({ body })), 400, "bad-request");
  });

  test("unknown keys, a wrong query and wrong params, all named at once", async () => {
    const error = await refused(
      put(send({ body: '{"name":"","admin":true}', path: "/api/things/7?limit=10" })),
      400,
      "bad-request",
    );
    expect(error.problems.map((problem: { path: string }) => problem.path).sort()).toEqual([
      "body",
      "body.name",
      "params.id",
      "query.limit",
    ]);
  });

  test("a query parameter given twice", async () => {
    await refused(put(send({ path: `/api/things/${ID}?limit=1&limit=2` })), 400, "bad-request");
  });

  test("an address that is not valid percent-encoding", async () => {
    await refused(put(send({ path: "/api/things/%E0%A4%A" })), 400, "bad-request");
  });
});

describe("who need not show an Origin", () => {
  test("programs with a token", async () => {
    const write = handle({ ...rename, permission: "flows.write" }, service);
    caller = { actor: program, by: "token" };
    expect((await write(send({ headers: { origin: undefined } }))).status).toBe(200);
  });

  test("readers", async () => {
    const response = await get(
      new Request(`${ORIGIN}/api/things`, { headers: { origin: "https://evil.example" } }),
    );
    expect(response.status).toBe(200);
  });

  test("programs on public routes; pages of other sites do", async () => {
    const post = handlePublic(begin, service);
    const from = (headers: Record<string, string>) =>
      post(new Request(`${ORIGIN}/api/begin`, { method: "POST", headers: { host: HOST, ...headers } }));
    expect((await from({})).status).toBe(200);
    expect((await from({ origin: ORIGIN, "sec-fetch-site": "same-origin" })).status).toBe(200);
    expect((await from({ origin: "https://flows.example.com" })).status).toBe(200);
    expect((await from({ origin: "https://evil.example" })).status).toBe(403);
    expect((await from({ "sec-fetch-site": "cross-site" })).status).toBe(403);
  });
});

describe("failures", () => {
  const failWith = (error: unknown) => {
    service.mockRejectedValue(error);
    return refusal(get(new Request(`${ORIGIN}/api/things`)));
  };

  test("a problem is answered as the service said it", async () => {
    const problem = new ApiProblem("conflict", "Somebody saved meanwhile.", { current: { revision: 3 } });
    expect((await failWith(problem)).error).toEqual({
      code: "conflict",
      message: "Somebody saved meanwhile.",
      current: { revision: 3 },
    });
    expect(report).not.toHaveBeenCalled();
  });

  test("anything else is reported under an id, and only the id is answered", async () => {
    const error = new Error("password=hunter2 at /srv/secret.ts:3");
    const { status, code, error: body } = await failWith(error);
    expect([status, code]).toEqual([500, "internal"]);
    expect(JSON.stringify(body)).not.toMatch(/hunter2|secret\.ts/);
    expect(report).toHaveBeenCalledWith({ id: expect.any(String), error, where: "GET /api/things" });
    expect(body.hint).toContain(report.mock.calls[0]?.[0].id);
  });

  test.each([
    ["Node", Object.assign(new Error("connect"), { code: "ECONNREFUSED" })],
    ["PostgreSQL", Object.assign(new Error("shutting down"), { code: "57P01" })],
    ["Prisma", Object.assign(new Error("Can't reach"), { code: "P1001" })],
    ["the pool", new Error("timeout exceeded when trying to connect")],
    ["a layer above", new Error("failed", { cause: Object.assign(new Error("x"), { code: "ECONNRESET" }) })],
    ["several addresses", new AggregateError([Object.assign(new Error("x"), { code: "ECONNREFUSED" })])],
  ])("a database that is away, as told by %s, is 503", async (_name, error) => {
    expect(await failWith(error)).toMatchObject({ status: 503, code: "unavailable" });
  });

  test("an answer that is not what the endpoint promises fails here, not in the browser", async () => {
    service.mockReturnValue({ nom: "x" });
    expect(await refusal(get(new Request(`${ORIGIN}/api/things`)))).toMatchObject({ status: 500 });
    expect(report).toHaveBeenCalledOnce();
  });
});

test("a public endpoint can't be served as a private one by mistake, nor the other way round", () => {
  expect(() => handle(begin, service)).toThrow("public");
  expect(() => handlePublic(look, service)).toThrow("not public");
});
