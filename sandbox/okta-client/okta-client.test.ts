import { describe, expect, it } from "vitest";
import { accessSuite } from "./access-suite.ts";
import { adminsSuite } from "./admins-suite.ts";
import { appsSuite } from "./apps-suite.ts";
import { operationsNotCalled } from "./test-okta-client.ts";
import { usersSuite } from "./users-suite.ts";

// Okta's own client, which was written against real orgs only, over every operation the sandbox org simulates.
describe("people, groups, hooks and the log", usersSuite);
describe("what hangs on people", accessSuite);
describe("applications, rules, imports and service apps", appsSuite);
describe("administrators and tokens", adminsSuite);

/** Operations the client has no method for: it leaves consent and tokens of people to others. sandbox/oauth tests them. */
const NOT_IN_THE_CLIENT = [
  "GET /.well-known/oauth-authorization-server",
  "GET /.well-known/openid-configuration",
  "GET /oauth2/v1/authorize",
  "GET /oauth2/v1/keys",
  "GET /oauth2/v1/userinfo",
  "POST /oauth2/v1/authorize",
  "POST /oauth2/v1/introspect",
  "POST /oauth2/v1/revoke",
  "POST /oauth2/v1/userinfo",
];

describe("the scenario", () => {
  it("calls every operation with success; a new one needs its call above", () => {
    expect(operationsNotCalled().sort()).toEqual(NOT_IN_THE_CLIENT);
  });
});
