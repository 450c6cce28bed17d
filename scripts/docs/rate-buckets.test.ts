import { describe, expect, it } from "vitest";
import { catalogue } from "#lib/registry.ts";
import { rateBucketOf } from "#lib/server/okta/path-template.ts";
import known from "../../sandbox/http/known-paths.json" with { type: "json" };
import { bucketOf, callsOf } from "./rate-buckets.ts";

describe("callsOf", () => {
  it.each([
    ["POST /api/v1/users", [["POST", "/api/v1/users"]]],
    [
      "GET and PUT /api/v1/groups/{groupId}",
      [
        ["GET", "/api/v1/groups/{groupId}"],
        ["PUT", "/api/v1/groups/{groupId}"],
      ],
    ],
    [
      "POST /api/v1/users/{id} (Partial) or PUT /api/v1/users/{id} (Strict)",
      [
        ["POST", "/api/v1/users/{id}"],
        ["PUT", "/api/v1/users/{id}"],
      ],
    ],
    ['GET /api/v1/apps?filter=user.id eq "{userId}"', [["GET", "/api/v1/apps"]]],
    [
      "PUT /api/v1/groups/{groupId}/users/{userId}, for each group",
      [["PUT", "/api/v1/groups/{groupId}/users/{userId}"]],
    ],
    ["Any method and path", []],
  ])("reads %s", (endpoint, calls) => {
    expect(callsOf(endpoint).map(({ method, path }) => [method, path])).toEqual(calls);
  });

  it("finds only operations Okta has in the cards", () => {
    const operations = new Set(
      Object.entries(known).flatMap(([path, methods]) =>
        methods.split(" ").map((method) => `${method} ${path}`),
      ),
    );
    const calls = catalogue.cards.flatMap(({ id, endpoint }) =>
      callsOf(endpoint ?? "").map((call) => ({ id, ...call })),
    );
    expect(calls.filter(({ method, path }) => !operations.has(`${method} ${path}`))).toEqual([]);
  });
});

describe("bucketOf", () => {
  it.each([
    ["GET", "/api/v1/users", "`GET` and `POST` of `/api/v1/users`"],
    ["GET", "/api/v1/users/{id}", "`GET` of one user: `/api/v1/users/{idOrLogin}`"],
    ["DELETE", "/api/v1/users/{id}", "`POST`, `PUT` and `DELETE` of one user: `/api/v1/users/{id}`"],
    ["POST", "/api/v1/users/{id}/lifecycle/suspend", "most else: `/api/v1`"],
    ["GET", "/api/v1/groups", "`/api/v1/groups` and all below it but one group"],
    ["PUT", "/api/v1/groups/{groupId}", "one group: `/api/v1/groups/{id}`"],
    ["PUT", "/api/v1/groups/{groupId}/users/{userId}", "`/api/v1/groups` and all below it but one group"],
    ["GET", "/api/v1/groups/rules", "`/api/v1/groups` and all below it but one group"],
    ["GET", "/api/v1/apps/{appId}", "one application: `/api/v1/apps/{id}`"],
    ["GET", "/api/v1/apps/{appId}/users", "`/api/v1/apps` and all below it but one application"],
    ["GET", "/api/v1/logs", "the System Log: `/api/v1/logs`"],
  ])("puts %s %s where Okta does", (method, path, holds) => {
    expect(bucketOf({ method, path })?.holds).toBe(holds);
  });

  it("knows none outside the Management API", () => {
    expect(bucketOf({ method: "POST", path: "/oauth2/v1/token" })).toBeUndefined();
  });

  it("has no two in one bucket of the call budget", () => {
    const known = new Map<string, Set<string>>();
    for (const call of catalogue.cards.flatMap(({ endpoint }) => callsOf(endpoint ?? ""))) {
      const name = rateBucketOf(call.method, call.path);
      known.set(name, (known.get(name) ?? new Set()).add(bucketOf(call)?.holds ?? ""));
    }
    expect([...known].filter(([, buckets]) => buckets.size > 1)).toEqual([]);
    expect(known.size).toBeGreaterThan(10);
  });
});
