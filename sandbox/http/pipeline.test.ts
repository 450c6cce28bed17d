import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../server.ts";
import { clientOf, newProfile, type Send } from "../test-client.ts";

let sandbox: Sandbox;
let send: Send;

beforeAll(async () => {
  sandbox = await startSandbox();
  send = clientOf(sandbox);
});
afterAll(() => sandbox.close());

describe("errors", () => {
  it.each<[string, string, string, unknown, number, string]>([
    ["an unknown path", "GET", "/api/v1/nothing", undefined, 404, "E0000008"],
    ["an unknown place", "GET", "/", undefined, 404, "E0000008"],
    ["a method Okta does not have here", "PATCH", "/api/v1/users", undefined, 405, "E0000022"],
    ["a malformed body", "POST", "/api/v1/users", "{oops", 400, "E0000003"],
    ["a body that is no object", "POST", "/api/v1/users", "[]", 400, "E0000003"],
    ["an operation that is not simulated", "GET", "/api/v1/policies", undefined, 501, "E0000052"],
    ["a known path with another id", "GET", "/api/v1/policies/1", undefined, 501, "E0000052"],
    ["a user nobody has", "GET", "/api/v1/users/%E0%A4", undefined, 404, "E0000007"],
  ])("%s", async (_name, method, path, body, status, code) => {
    const answer = await send(method, path, body);
    expect([answer.status, answer.body.errorCode]).toEqual([status, code]);
    expect(answer.body).toMatchObject({
      errorLink: code,
      errorId: expect.stringMatching(/^oae/),
      errorCauses: expect.any(Array),
    });
    expect(answer.headers.get("x-okta-request-id")).toMatch(/^[\w-]{20,}$/);
    expect(answer.headers.get("date")).toBeTruthy();
    expect(answer.headers.get("x-rate-limit-limit")).toBe("600000");
  });

  it("names the operation it does not simulate", async () => {
    const answer = await send("POST", "/api/v1/policies", {});
    expect(answer.body.errorSummary).toBe("The sandbox org does not simulate POST /api/v1/policies.");
  });

  it("refuses other media types and too large bodies", async () => {
    const form = await send("POST", "/api/v1/groups", "a=b", {
      "content-type": "application/x-www-form-urlencoded",
    });
    expect([form.status, form.body.errorCode]).toEqual([400, "E0000021"]);
    const large = await send("POST", "/api/v1/groups", { profile: { name: "x".repeat(1024 * 1024) } });
    expect(large.status).toBe(413);
  });

  it("asks for a length", async () => {
    const reply = await new Promise<string>((resolve, reject) => {
      const socket = connect(sandbox.port, "127.0.0.1");
      let text = "";
      socket.on("data", (chunk) => {
        text += chunk.toString();
        socket.end();
      });
      socket.on("close", () => resolve(text));
      socket.on("error", reject);
      socket.write(`POST /api/v1/groups HTTP/1.1\r\nHost: x\r\nAuthorization: SSWS ${sandbox.token}\r\n\r\n`);
    });
    expect(reply).toMatch(/^HTTP\/1\.1 411 /);
  });
});

describe("tokens", () => {
  const as = (authorization: string, method = "GET", path = "/api/v1/users/me", body?: unknown) =>
    send(method, path, body, { authorization });

  it.each(["", "SSWS", "SSWS wrong", "Bearer abc", "Basic abc"])("refuses '%s'", async (authorization) => {
    const answer = await as(authorization);
    expect([answer.status, answer.body.errorCode]).toEqual([401, "E0000011"]);
    expect(answer.headers.get("www-authenticate")).toBeTruthy();
  });

  it("lets the read-only admin look and not touch", async () => {
    const token = `SSWS ${sandbox.readOnlyToken}`;
    expect((await as(token)).body.profile).toMatchObject({ login: "katya.novak@example.com" });
    const answer = await as(token, "POST", "/api/v1/users", { profile: newProfile() });
    expect([answer.status, answer.body.errorCode]).toEqual([403, "E0000006"]);
  });

  it("dies with its admin", async () => {
    await send("POST", "/api/v1/users/katya.novak/lifecycle/deactivate");
    expect((await as(`SSWS ${sandbox.readOnlyToken}`)).status).toBe(401);
  });

  it("is not needed for the well-known document", async () => {
    const answer = await as("", "GET", "/.well-known/okta-organization");
    expect(answer.body).toMatchObject({ pipeline: "idx", _links: { organization: { href: sandbox.url } } });
  });
});

describe("rate limits", () => {
  it("counts down per bucket, refuses beyond, recovers with the window", async () => {
    let now = Date.parse("2026-05-01T10:00:30.400Z");
    const small = await startSandbox({ rateLimit: 3, rateWindowSeconds: 10, clock: () => now });
    try {
      const ask = clientOf(small);
      const left: (string | null)[] = [];
      for (let at = 0; at < 3; at += 1) {
        const answer = await ask("GET", "/api/v1/groups");
        expect(answer.headers.get("x-rate-limit-limit")).toBe("3");
        expect(answer.headers.get("x-rate-limit-reset")).toBe(String(Math.ceil((now + 10_000) / 1000)));
        expect(answer.headers.get("date")).toBe(new Date(now).toUTCString());
        left.push(answer.headers.get("x-rate-limit-remaining"));
      }
      expect(left).toEqual(["2", "1", "0"]);
      for (let at = 0; at < 2; at += 1) {
        const answer = await ask("GET", "/api/v1/groups");
        expect([answer.status, answer.body.errorCode]).toEqual([429, "E0000047"]);
        expect(answer.headers.get("x-rate-limit-remaining")).toBe("0");
      }
      expect(small.org.log.records.map((record) => record.eventType)).toEqual([
        "system.org.rate_limit.violation",
      ]);
      expect((await ask("GET", "/api/v1/users")).status).toBe(200);
      now += 10_000;
      expect((await ask("GET", "/api/v1/groups")).status).toBe(200);
    } finally {
      await small.close();
    }
  });
});

describe("the concurrency limit", () => {
  it("refuses what is too much at once, in Okta's form with zeros", async () => {
    const narrow = await startSandbox({ concurrency: 2 });
    try {
      const ask = clientOf(narrow);
      narrow.faults.set([{ fault: "latency", ms: 200, concurrency: false, resetSeconds: 1 }]);
      const answers = await Promise.all(Array.from({ length: 5 }, () => ask("GET", "/api/v1/groups")));
      const refused = answers.filter((answer) => answer.status === 429);
      expect(refused).toHaveLength(3);
      expect(refused[0]?.body.errorCode).toBe("E0000047");
      expect(refused[0]?.headers.get("x-rate-limit-limit")).toBe("0");
      expect(refused[0]?.headers.get("x-rate-limit-remaining")).toBe("0");
      expect((await ask("GET", "/api/v1/groups")).status).toBe(200);
    } finally {
      await narrow.close();
    }
  });
});

describe("recording", () => {
  it("tells of every exchange", async () => {
    const seen: unknown[] = [];
    const recorded = await startSandbox({ record: (exchange) => seen.push(exchange) });
    try {
      await clientOf(recorded)("GET", "/api/v1/apps?limit=1");
      await clientOf(recorded)("GET", "/api/v1/users/nobody");
    } finally {
      await recorded.close();
    }
    expect(seen).toMatchObject([
      { method: "GET", path: "/api/v1/apps?limit=1", status: 200, body: [{ status: "ACTIVE" }] },
      { method: "GET", path: "/api/v1/users/nobody", status: 404, body: { errorCode: "E0000007" } },
    ]);
  });
});
