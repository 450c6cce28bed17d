import { afterAll, beforeAll, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../../../sandbox/server.ts";
import { isJsonObject } from "../../flow/json.ts";
import { registry } from "../../registry.ts";
import { tokenAuthorizer } from "../okta/authorizer.ts";
import { createOktaClient } from "../okta/okta-http-client.ts";
import { withRealTargets } from "./real-targets.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

it("puts people and groups of the org into a generated event, and leaves the rest as it was", async () => {
  const client = createOktaClient({ orgUrl: sandbox.url, authorizer: tokenAuthorizer(sandbox.token) });
  const generated = registry.card("okta.groups.userAdded")?.sampleEvent?.({}) ?? {};
  const event = await withRealTargets(generated, client);
  const [user, group] = Array.isArray(event.target) ? event.target.filter(isJsonObject) : [];
  const read = await client.request({ method: "GET", path: `/api/v1/users/${user?.id}` });
  expect(isJsonObject(read.body) && isJsonObject(read.body.profile) ? read.body.profile.login : "").toBe(
    user?.alternateId,
  );
  const groupRead = await client.request({ method: "GET", path: `/api/v1/groups/${group?.id}` });
  expect(groupRead.status).toBe(200);
  expect({ ...event, target: [] }).toEqual({ ...generated, target: [] });
  const unknown = { target: [{ type: "Token", id: "x" }, null] };
  expect(await withRealTargets(unknown, client)).toEqual(unknown);
});
