import { describe, expect, test } from "vitest";
import { PERMISSIONS } from "#lib/api/endpoint.ts";
import { authorize, can, isUserRole, permissionsOf } from "./authorize.ts";

describe("rights", () => {
  test("the owner has all of them", () => {
    const owner = { kind: "user", id: "1", name: "Ann", role: "owner" } as const;
    expect(PERMISSIONS.filter((permission) => !can(owner, permission))).toEqual([]);
  });

  test("a token has all but the settings, and is told so", () => {
    const token = { kind: "token", id: "1", name: "Export", role: "token" } as const;
    expect(PERMISSIONS.filter((permission) => !can(token, permission))).toEqual([
      "settings.manage",
      "accounts.manage",
    ]);
    expect(() => authorize(token, "flows.publish")).not.toThrow();
    expect(() => authorize(token, "settings.manage")).toThrow("An API token may not do this");
  });

  test("an admin has all but the accounts", () => {
    expect(permissionsOf("admin")).toEqual(PERMISSIONS.filter((each) => each !== "accounts.manage"));
  });

  test("a viewer has those to read and no others, and is told so", () => {
    const viewer = { kind: "user", id: "2", name: "Vi", role: "viewer" } as const;
    expect(permissionsOf("viewer")).toEqual(["flows.read", "executions.read", "connections.read"]);
    expect(() => authorize(viewer, "executions.run")).toThrow(
      "Your account may only look (executions.run is needed).",
    );
  });

  test("a role of another version is none, and neither is that of tokens", () => {
    expect(["owner", "admin", "viewer", "token", "Owner", ""].filter(isUserRole)).toEqual([
      "owner",
      "admin",
      "viewer",
    ]);
  });
});
