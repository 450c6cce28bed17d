import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../server.ts";
import { clientOf, linkOf, type Received, type Send } from "../test-client.ts";

let sandbox: Sandbox;
let send: Send;
let now = Date.parse("2026-05-01T10:00:00.000Z");

beforeEach(async () => {
  now = Date.parse("2026-05-01T10:00:00.000Z");
  sandbox = await startSandbox({ clock: () => now });
  send = clientOf(sandbox);
});
afterEach(() => sandbox.close());

const inject = (eventType: string, more: Record<string, unknown> = {}) =>
  send("POST", "/sandbox/events", { eventType, ...more });
const logs = (query: Record<string, string> = {}) =>
  send("GET", `/api/v1/logs?${new URLSearchParams(query)}`);
const types = (answer: Received) => answer.list.map((event) => event.eventType);

async function three(): Promise<void> {
  for (const type of ["user.lifecycle.create", "user.lifecycle.suspend", "group.user_membership.add"]) {
    now += 1000;
    await inject(type);
  }
}

describe("polling", () => {
  it("always has a next, and its cursor sees each event once", async () => {
    const empty = await logs();
    expect(types(empty)).toEqual([]);
    let next = linkOf(empty.headers, "next") ?? "";
    await three();
    const first = await send("GET", next);
    expect(types(first)).toHaveLength(3);
    next = linkOf(first.headers, "next") ?? "";
    const second = await send("GET", next);
    expect(types(second)).toEqual([]);
    next = linkOf(second.headers, "next") ?? "";
    await inject("user.lifecycle.unsuspend");
    expect(types(await send("GET", next))).toEqual(["user.lifecycle.unsuspend"]);
  });

  it("pages by limit in order of persistence, late events included", async () => {
    await three();
    const first = await logs({ limit: "2", since: "2026-05-01T10:00:00.000Z" });
    expect(types(first)).toEqual(["user.lifecycle.create", "user.lifecycle.suspend"]);
    await inject("user.session.end", { published: "2026-05-01T09:00:00.000Z" });
    const rest = await send("GET", linkOf(first.headers, "next") ?? "");
    expect(types(rest)).toEqual(["group.user_membership.add", "user.session.end"]);
  });

  it("moves the cursor past events the filter left out", async () => {
    await three();
    const answer = await logs({ filter: 'eventType eq "user.lifecycle.create"' });
    await inject("user.lifecycle.create");
    const next = await send("GET", linkOf(answer.headers, "next") ?? "");
    expect([types(answer), types(next)]).toEqual([["user.lifecycle.create"], ["user.lifecycle.create"]]);
  });

  it("takes a limit of 0 without losing its place", async () => {
    await three();
    const none = await logs({ limit: "0" });
    expect(types(none)).toEqual([]);
    const all = (linkOf(none.headers, "next") ?? "").replace("limit=0", "limit=10");
    expect(types(await send("GET", all))).toHaveLength(3);
  });
});

describe("bounded", () => {
  it("ends without a next; since is exclusive", async () => {
    await three();
    const [first] = sandbox.org.log.records;
    const answer = await logs({ since: first?.published ?? "", until: "2026-05-02T00:00:00Z" });
    expect(types(answer)).toEqual(["user.lifecycle.suspend", "group.user_membership.add"]);
    expect(linkOf(answer.headers, "next")).toBeNull();
  });

  it.each(["ASCENDING", "DESCENDING"])("pages %s to its end", async (sortOrder) => {
    await three();
    const seen: unknown[] = [];
    let next: string | null =
      `/api/v1/logs?sortOrder=${sortOrder}&limit=2&since=2026-01-01T00:00:00Z&until=2026-06-01T00:00:00Z`;
    let pages = 0;
    while (next) {
      const answer: Received = await send("GET", next);
      seen.push(...types(answer));
      next = linkOf(answer.headers, "next");
      pages += 1;
    }
    const order = ["user.lifecycle.create", "user.lifecycle.suspend", "group.user_membership.add"];
    expect(seen).toEqual(sortOrder === "ASCENDING" ? order : order.reverse());
    expect(pages).toBe(2);
  });
});

describe("what an event says", () => {
  it("finds both targets, each condition on another element", async () => {
    await three();
    const [user, group] = sandbox.org.log.records.at(-1)?.target ?? [];
    const both = await logs({ filter: `target.id eq "${user?.id}" and target.id eq "${group?.id}"` });
    expect(types(both)).toEqual(["group.user_membership.add"]);
    expect(types(await logs({ q: "membership ADD" }))).toEqual(["group.user_membership.add"]);
    expect(types(await logs({ filter: 'actor.alternateId sw "grace" and severity eq "INFO"' }))).toHaveLength(
      3,
    );
    expect(
      types(await logs({ filter: 'debugContext.debugData.requestUri pr and not (eventType sw "user")' })),
    ).toHaveLength(1);
  });

  it("has the shape of a LogEvent, with the request that caused it", async () => {
    const answer = await send(
      "POST",
      "/api/v1/groups",
      { profile: { name: "Shape" } },
      { "user-agent": "tests/1" },
    );
    const [event] = (await logs()).list;
    expect(event).toMatchObject({
      eventType: "group.lifecycle.create",
      displayMessage: "Create Okta group",
      severity: "INFO",
      version: "0",
      outcome: { result: "SUCCESS" },
      actor: { type: "User", displayName: "Grace Okafor" },
      client: { userAgent: { rawUserAgent: "tests/1" }, ipAddress: expect.any(String) },
      request: { ipChain: [{ version: "V4" }] },
      target: [{ id: answer.body.id, type: "UserGroup", alternateId: "unknown", displayName: "Shape" }],
      transaction: { type: "WEB", id: answer.headers.get("x-okta-request-id") },
      debugContext: { debugData: { requestUri: "/api/v1/groups", url: "/api/v1/groups?" } },
    });
  });

  it.each<[Record<string, string>, string]>([
    [{ filter: 'published gt "2026-01-01"' }, "E0000053"],
    [{ filter: 'target[type eq "User"]' }, "E0000053"],
    [{ filter: "eventType" }, "E0000053"],
    [{ since: "yesterday" }, "E0000001"],
    [{ limit: "-1" }, "E0000001"],
    [{ sortOrder: "UP" }, "E0000001"],
    [{ q: "a b c d e f g h i j k" }, "E0000001"],
    [{ q: "x".repeat(41) }, "E0000001"],
    [{ after: "nonsense" }, "E0000029"],
  ])("refuses %j", async (query, code) => {
    const answer = await logs(query);
    expect([answer.status, answer.body.errorCode]).toEqual([400, code]);
  });
});
