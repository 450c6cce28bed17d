import { describe, expect, it } from "vitest";
import { mayCall } from "./rights.ts";

const SUSPEND = ["POST", "/api/v1/users/{id}/lifecycle/suspend"] as const;
const UNLOCK = ["POST", "/api/v1/users/{id}/lifecycle/unlock"] as const;
const PASSWORD = ["POST", "/api/v1/users/{userId}/credentials/change_password"] as const;
const CREATE = ["POST", "/api/v1/users"] as const;
const MEMBER = ["PUT", "/api/v1/groups/{groupId}/users/{userId}"] as const;
const GROUP = ["POST", "/api/v1/groups"] as const;
const RULE = ["POST", "/api/v1/groups/rules"] as const;
const APP = ["DELETE", "/api/v1/apps/{appId}"] as const;
const ASSIGN = ["POST", "/api/v1/apps/{appId}/users"] as const;
const ROLE = ["POST", "/api/v1/users/{userId}/roles"] as const;
const GROUP_ROLE = ["DELETE", "/api/v1/groups/{groupId}/roles/{roleAssignmentId}"] as const;
const HOOK = ["POST", "/api/v1/eventHooks"] as const;
const TOKEN = ["DELETE", "/api/v1/api-tokens/current"] as const;
const EVERY = [
  SUSPEND,
  UNLOCK,
  PASSWORD,
  CREATE,
  MEMBER,
  GROUP,
  RULE,
  APP,
  ASSIGN,
  ROLE,
  GROUP_ROLE,
  HOOK,
  TOKEN,
];

describe("mayCall", () => {
  it.each([
    ["SUPER_ADMIN", EVERY],
    ["ORG_ADMIN", EVERY.filter((call) => call !== ROLE && call !== GROUP_ROLE)],
    ["APP_ADMIN", [APP, ASSIGN, TOKEN]],
    ["USER_ADMIN", [SUSPEND, UNLOCK, PASSWORD, CREATE, MEMBER, GROUP, TOKEN]],
    ["HELP_DESK_ADMIN", [UNLOCK, PASSWORD, TOKEN]],
    ["GROUP_MEMBERSHIP_ADMIN", [MEMBER, TOKEN]],
    ["READ_ONLY_ADMIN", [TOKEN]],
    ["okta.users.lifecycle.manage", [SUSPEND, UNLOCK, TOKEN]],
    ["okta.groups.members.manage", [MEMBER, TOKEN]],
    ["okta.apps.assignment.manage", [ASSIGN, TOKEN]],
    ["okta.users.read", [TOKEN]],
  ])("lets %s do its own", (right, allowed) => {
    expect(EVERY.filter(([method, template]) => mayCall([right], method, template))).toEqual(allowed);
  });

  it("lets anybody with a right look, and nobody without", () => {
    expect(mayCall(["REPORT_ADMIN"], "GET", "/api/v1/users")).toBe(true);
    expect(mayCall([], "GET", "/api/v1/users")).toBe(false);
    expect(mayCall([], ...TOKEN)).toBe(false);
  });
});
