import { describe, expect, it } from "vitest";
import { CardError } from "../../cards/errors.ts";
import { tokenAuthorizer } from "./authorizer.ts";
import { createOktaClient } from "./okta-http-client.ts";
import { clientOf, errorOf, json, oktaError, servers } from "./test-okta-answers.ts";

const get = { method: "GET", path: "/api/v1/users/me" } as const;

describe("the Okta client", () => {
  it("sends a parameter once for each value of a list", async () => {
    const { client, seen } = await clientOf(json(200, []));
    await client.request({
      method: "GET",
      path: "/api/v1/users",
      query: { expand: ["a", "", "b c"], limit: 2 },
    });
    expect(seen[0]?.url).toBe("/api/v1/users?expand=a&expand=b+c&limit=2");
  });

  it.each([304, 400, 403, 404, 501])("gives a refusal back where a card wants it (%d)", async (status) => {
    const { client } = await clientOf((_request, response) => response.writeHead(status).end());
    expect(await client.request({ ...get, refusals: "give" })).toMatchObject({ status, body: null });
    await expect(client.request(get)).rejects.toBeInstanceOf(CardError);
  });

  it.each([
    [401, "unauthorized"],
    [429, "rateLimited"],
    [500, "unavailable"],
    [503, "unavailable"],
  ])("throws %d all the same: it is no answer to the call", async (status, kind) => {
    const { client } = await clientOf(json(status, {}));
    const error = await errorOf(client.request({ ...get, refusals: "give" }));
    expect(error.details).toMatchObject({ kind, status });
  });

  it("sends what a card asks for, with the credentials and an explicit empty length", async () => {
    const { client, seen } = await clientOf(json(200, { id: "00u1" }));
    await client.request({
      method: "GET",
      path: "/api/v1/users",
      query: { q: "a&b", limit: 2, after: "", x: undefined },
    });
    await client.request({ method: "POST", path: "/api/v1/users/00u1/lifecycle/suspend" });
    await client.request({ method: "POST", path: "/api/v1/groups", body: { profile: { name: "Ä" } } });
    expect(seen.map(({ method, url, body }) => [method, url, body])).toEqual([
      ["GET", "/api/v1/users?q=a%26b&limit=2", ""],
      ["POST", "/api/v1/users/00u1/lifecycle/suspend", ""],
      ["POST", "/api/v1/groups", '{"profile":{"name":"Ä"}}'],
    ]);
    expect(seen[0]?.headers.authorization).toBe("SSWS 00secret");
    expect(seen[1]?.headers["content-length"]).toBe("0");
  });

  it("cannot be made to send the credentials elsewhere", async () => {
    const { client, seen } = await clientOf(json(200, {}));
    for (const path of [
      "//evil.example/api",
      "https://evil.example/",
      "/\\evil.example/x",
      "@evil.example/",
    ]) {
      expect((await errorOf(client.request({ method: "GET", path }))).details.code).toBe("foreign-address");
    }
    expect(seen).toEqual([]);
  });

  it("does not follow a redirect", async () => {
    const { client, seen } = await clientOf((_request, response) =>
      response.writeHead(302, { location: "http://169.254.169.254/latest" }).end(),
    );
    expect((await errorOf(client.request(get))).details).toMatchObject({ kind: "refused", status: 302 });
    expect(seen).toHaveLength(1);
  });

  it("never carries its own authorization away for a card's header of that name", async () => {
    const { client, seen } = await clientOf(json(200, {}));
    await client.request({ ...get, headers: { authorization: "SSWS other" } });
    expect(seen[0]?.headers.authorization).toBe("SSWS 00secret");
  });

  it("records exchanges with secrets masked", async () => {
    const { client, exchanges } = await clientOf(
      json(
        200,
        { id: "00u1", credentials: { password: {} }, activationToken: "tok" },
        { "x-okta-request-id": "req1" },
      ),
    );
    const body = {
      credentials: { password: { value: "hunter2" }, recovery_question: { question: "Pet?", answer: "Rex" } },
    };
    await client.request({
      method: "POST",
      path: "/api/v1/users",
      query: { token: "abc", activate: true },
      body,
    });
    expect(exchanges).toHaveLength(1);
    const text = JSON.stringify(exchanges);
    for (const secret of ["hunter2", "Rex", 'tok"', "abc", "00secret"]) expect(text).not.toContain(secret);
    expect(exchanges[0]).toMatchObject({ method: "POST", status: 200, requestId: "req1" });
    expect(exchanges[0]?.path).toContain("activate=true");
    expect(exchanges[0]?.responseBody).toContain('"password":{}');
  });

  it("gives cards no answer that repeats the token it was asked with", async () => {
    const { client, exchanges } = await clientOf(
      json(200, { note: "SSWS 00secret", "00secret": [1] }, { "x-echo": "00secret" }),
    );
    const answer = await client.request(get);
    expect(JSON.stringify([answer, exchanges])).not.toContain("00secret");
    expect(answer.body).toMatchObject({ note: expect.stringMatching(/^SSWS ./) });
  });

  it("follows pages by the link header and refuses a foreign one", async () => {
    let foreign = false;
    const { client, port } = await clientOf((request, response) => {
      const host = foreign ? "evil.example" : `127.0.0.1:${port}`;
      const next = request.url?.includes("after=")
        ? ""
        : `, <http://${host}/api/v1/users?after=x&limit=1>; rel="next"`;
      json(200, [request.url], { link: `<http://127.0.0.1/self>; rel="self"${next}` })(request, response, "");
    });
    const pages: unknown[] = [];
    for await (const page of client.pages({ path: "/api/v1/users", query: { limit: 1 } })) pages.push(page);
    expect(pages).toEqual([["/api/v1/users?limit=1"], ["/api/v1/users?after=x&limit=1"]]);
    foreign = true;
    const walk = async () => {
      for await (const _page of client.pages({ path: "/api/v1/users" }));
    };
    expect((await errorOf(walk())).details.code).toBe("foreign-next-page");
  });

  it.each([
    [404, oktaError("E0000007"), {}, { kind: "refused", code: "E0000007", status: 404 }],
    [401, oktaError("E0000011"), {}, { kind: "unauthorized", code: "E0000011" }],
    [403, oktaError("E0000006"), {}, { kind: "forbidden", code: "E0000006" }],
    [403, oktaError("E0000016"), {}, { kind: "refused", code: "E0000016" }],
    [501, oktaError("E0000060"), {}, { kind: "refused", code: "E0000060" }],
    [500, oktaError("E0000009"), {}, { kind: "unavailable", sent: true }],
    [503, "<html>", {}, { kind: "unavailable", code: "http-503" }],
  ])("turns status %i into what the executor needs", async (status, body, headers, details) => {
    const { client } = await clientOf(json(status, body, headers));
    expect((await errorOf(client.request(get))).details).toMatchObject(details);
  });

  it("says what Okta said, each thing once", async () => {
    const cause = "Cannot suspend a user that is not active";
    const body = {
      errorCode: "E0000001",
      errorSummary: `Api validation failed: ${cause}`,
      errorCauses: [{ errorSummary: cause }],
    };
    const { client } = await clientOf(json(400, body));
    expect((await errorOf(client.request(get))).message).toBe(`Api validation failed: ${cause}`);
    const other = await clientOf(json(400, { ...body, errorSummary: "Api validation failed: login" }));
    expect((await errorOf(other.client.request(get))).message).toBe(
      `Api validation failed: login (${cause})`,
    );
  });

  it("names the scope a bearer token lacks", async () => {
    const { client } = await clientOf((_request, response) =>
      response
        .writeHead(403, { "www-authenticate": 'Bearer scope="okta.groups.read", error="insufficient_scope"' })
        .end(),
    );
    const { details } = await errorOf(client.request(get));
    expect(details).toMatchObject({ kind: "forbidden" });
    expect(details.hint).toContain("okta.groups.read");
  });

  it("waits by Okta's clock when it is told to", async () => {
    const oktaNow = Date.parse("2030-01-01T00:00:00Z");
    const { client } = await clientOf(
      json(429, oktaError("E0000047"), {
        date: new Date(oktaNow).toUTCString(),
        "x-rate-limit-limit": "100",
        "x-rate-limit-reset": String(oktaNow / 1000 + 20),
      }),
    );
    const before = Date.now();
    const { details } = await errorOf(client.request(get));
    expect(details.kind).toBe("rateLimited");
    const wait = (details.retryAt ?? 0) - before;
    expect(wait).toBeGreaterThanOrEqual(21_000);
    expect(wait).toBeLessThan(26_000);
  });

  it.each([
    ["none", {}],
    ["none but a limit", { "x-rate-limit-limit": "100", "x-rate-limit-remaining": "0" }],
    ["one that is no number", { "x-rate-limit-limit": "100", "x-rate-limit-reset": "soon" }],
  ])("waits a whole window out where a 429 names no reset (%s)", async (_what, headers) => {
    const { client } = await clientOf(json(429, oktaError("E0000047"), headers));
    const before = Date.now();
    const { details } = await errorOf(client.request(get));
    expect(details.kind).toBe("rateLimited");
    const wait = (details.retryAt ?? 0) - before;
    expect(wait).toBeGreaterThanOrEqual(60_000);
    expect(wait).toBeLessThan(65_000);
  });

  it("leaves it to the executor how long to wait where too many calls are under way", async () => {
    const headers = { "x-rate-limit-limit": "0", "x-rate-limit-reset": String(Date.now() / 1000 + 60) };
    const { client } = await clientOf(json(429, oktaError("E0000047"), headers));
    expect((await errorOf(client.request(get))).details).toMatchObject({
      kind: "rateLimited",
      retryAt: undefined,
    });
  });

  it("takes a proxy's page for an org that is down, and says no more of it than its status", async () => {
    const { client } = await clientOf((_request, response) =>
      response.writeHead(502, { "content-type": "text/html" }).end("<html><h1>502 Bad Gateway</h1></html>"),
    );
    const error = await errorOf(client.request({ ...get, refusals: "give" }));
    expect(error.message).toBe("Okta answered 502.");
    expect(error.details).toMatchObject({ kind: "unavailable", status: 502, code: "http-502", sent: true });
  });

  it("tells a request that never left from one whose answer never came", async () => {
    const { client, port } = await clientOf((request) => request.socket.destroy());
    expect((await errorOf(client.request(get))).details).toMatchObject({ kind: "unavailable", sent: true });
    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
    const closed = createOktaClient({ orgUrl: `http://127.0.0.1:${port}`, authorizer: tokenAuthorizer("x") });
    expect((await errorOf(closed.request(get))).details).toMatchObject({ code: "ECONNREFUSED", sent: false });
  });

  it("gives up on an answer that takes too long, is cut off or never ends", async () => {
    const slow = await clientOf(() => undefined, { timeoutMs: 50 });
    expect((await errorOf(slow.client.request(get))).details).toMatchObject({ code: "timeout", sent: true });
    const cut = await clientOf((_request, response) => response.writeHead(200).end('{"id": "00'));
    expect((await errorOf(cut.client.request(get))).details).toMatchObject({
      code: "unreadable-answer",
      sent: true,
    });
    const endless = await clientOf(json(200, "x".repeat(5_000)), { maxBytes: 1_000 });
    expect((await errorOf(endless.client.request(get))).details.code).toBe("answer-too-large");
  });
});
