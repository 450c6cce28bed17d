import { describe, expect, it } from "vitest";
import type { Json } from "../../../flow/json.ts";
import { runOktaCard } from "../test-okta-card.ts";
import { get, post, type RequestCase, testRequests } from "../test-requests.ts";
import { assignRole } from "./assign-role.ts";

const ROLES: RequestCase[] = [
  {
    name: "Assign a standard role",
    card: assignRole,
    inputs: { user: "00u1", role: "HELP_DESK_ADMIN" },
    answer: { status: 201, body: { id: "ra1", type: "HELP_DESK_ADMIN", assignmentType: "USER" } },
    request: post("/api/v1/users/00u1/roles", { body: { type: "HELP_DESK_ADMIN" } }),
    outputs: { id: "ra1", type: "HELP_DESK_ADMIN", assignmentType: "USER" },
  },
  {
    name: "Assign a custom role, quietly",
    card: assignRole,
    options: { kind: "custom" },
    inputs: { user: "00u1", customRole: "cr01", resourceSet: "iam1", disableNotifications: true },
    answer: { status: 201, body: { id: "irb1", type: "CUSTOM" } },
    request: post("/api/v1/users/00u1/roles", {
      query: { disableNotifications: true },
      body: { type: "CUSTOM", role: "cr01", "resource-set": "iam1" },
    }),
    outputs: { id: "irb1", type: "CUSTOM" },
  },
];

describe("what the role cards ask of Okta", () => testRequests(ROLES, "okta.roles."));

describe("Assign a Role to a User reads back", () => {
  /** The lost attempt began at 09:00:00. */
  const now = new Date("2026-11-21T09:00:00.000Z");
  const readBack = async (...roles: Json[]) => {
    const call = { inputs: { user: "00u1", role: "APP_ADMIN" }, answers: [{ body: roles }], now };
    const { outputs, requests } = await runOktaCard(assignRole, call, "readBack");
    expect(requests).toEqual([get("/api/v1/users/00u1/roles")]);
    return outputs;
  };

  it("a role assigned since the attempt as its own", async () => {
    const own = { id: "ra2", type: "APP_ADMIN", created: "2026-11-21T09:00:01.000Z" };
    expect(await readBack({ ...own, id: "ra1", type: "ORG_ADMIN" }, own)).toMatchObject({ id: "ra2" });
  });

  it("no older one", async () => {
    expect(await readBack({ id: "ra1", type: "APP_ADMIN", created: "2026-11-21T08:00:00.000Z" })).toBeNull();
  });
});
