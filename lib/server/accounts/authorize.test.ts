import { describe, expect, test } from "vitest";
import type { Permission } from "#lib/api/endpoint.ts";
import { authorize, can } from "./authorize.ts";

const permissions: Permission[] = [
  "flows.read",
  "flows.write",
  "flows.publish",
  "executions.read",
  "executions.run",
  "connections.read",
  "connections.manage",
  "settings.manage",
];

describe("rights", () => {
  test("the owner has all of them", () => {
    const owner = { kind: "user", id: "1", name: "Ann", role: "owner" } as const;
    expect(permissions.filter((permission) => !can(owner, permission))).toEqual([]);
  });

  test("a token has all but the settings, and is told so", () => {
    const token = { kind: "token", id: "1", name: "Export", role: "token" } as const;
    expect(permissions.filter((permission) => !can(token, permission))).toEqual(["settings.manage"]);
    expect(() => authorize(token, "flows.publish")).not.toThrow();
    expect(() => authorize(token, "settings.manage")).toThrow("An API token may not do this");
  });
});
