import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "../accounts/actor.ts";
import { createConnection } from "./create-connection.ts";
import { loadChoices, loadFields } from "./load-from-org.ts";
import { openTestOrg } from "./test-org.ts";

const owner: Actor = { kind: "user", id: "1", name: "Ann", role: "owner" };
const alias = "okta";
let org: Awaited<ReturnType<typeof openTestOrg>>;

beforeAll(async () => {
  org = await openTestOrg();
  const { url: orgUrl, token } = org.sandbox;
  await createConnection(owner, { name: "Sandbox", alias, orgUrl, token });
});
afterAll(() => org.close());

const choices = async (loaderId: string, search = "") =>
  (await loadChoices(owner, { alias, loaderId, search })).choices;

async function appNamed(label: string): Promise<string> {
  const [found] = await choices("okta.applications", label);
  expect(found?.label).toBe(label);
  return found?.value ?? "";
}

async function appFields(loaderId: string, application: string) {
  const options = JSON.stringify({ application });
  return (await loadFields(owner, { alias, loaderId, options })).fields;
}

describe("applications to choose from", () => {
  it("are found by label or by kind, inactive ones too", async () => {
    expect(await choices("okta.applications", "sales")).toMatchObject([{ label: "Salesforce" }]);
    expect(await choices("okta.applications", "oidc")).toMatchObject([{ detail: "oidc_client" }]);
    expect(await choices("okta.applications", "jira")).toMatchObject([{ detail: "jira_onprem · INACTIVE" }]);
  });

  it("are all there, however many the org has", async () => {
    const { url, token } = org.sandbox;
    const headers = { authorization: `SSWS ${token}`, "content-type": "application/json" };
    for (let at = 0; at < 205; at += 1) {
      const body = JSON.stringify({
        name: "bookmark",
        label: `Many ${at}`,
        signOnMode: "BOOKMARK",
        settings: { app: { url: "https://example.com", requestIntegration: false } },
      });
      const answer = await fetch(`${url}/api/v1/apps`, { method: "POST", headers, body });
      expect(answer.status).toBe(200);
    }
    const seen = new Set<string>();
    let cursor: string | undefined;
    let pages = 0;
    do {
      const request = { alias, loaderId: "okta.applications", search: "Many", cursor };
      const page = await loadChoices(owner, request);
      for (const { label } of page.choices) seen.add(label);
      cursor = page.cursor;
      pages += 1;
    } while (cursor);
    expect(seen.size).toBe(205);
    expect(pages).toBe(3);
  });

  it("are the ones that take imports, where a card is about a source", async () => {
    expect(await choices("okta.identitySources")).toMatchObject([{ label: "HR System" }]);
  });
});

describe("the profile of an application", () => {
  it("differs by the application that is chosen", async () => {
    const portal = await appFields("okta.appUserProfile", await appNamed("Expense Portal"));
    expect(portal).toMatchObject({
      given_name: { type: "text", label: "Given Name" },
      approvalLimit: { type: "number", label: "Approval limit" },
    });
    const salesforce = await appFields("okta.appUserProfile", await appNamed("Salesforce"));
    expect(salesforce).toMatchObject({ role: { choices: expect.any(Array) } });
    expect(salesforce).not.toHaveProperty("approvalLimit");
  });

  it("is empty for an application the org does not have", async () => {
    expect(await appFields("okta.appUserProfile", "0oaNobodyHasThis0005d")).toEqual({});
    expect(await appFields("okta.appUserProfile", "0oaNobodyHasThis005d")).toEqual({});
  });

  it("is asked for by key where another system's rows are mapped", async () => {
    const fields = await appFields("okta.appUserAttributeKeys", await appNamed("HR System"));
    expect(fields).toMatchObject({ employeeNumber: { type: "text", label: "Employee number" } });
  });
});

describe("linked objects", () => {
  it("are offered by the names of both sides", async () => {
    expect(await choices("okta.linkedObjectDefinitions")).toMatchObject([{ value: "manager" }]);
    expect(await choices("okta.linkedObjectAssociatedNames", "sub")).toMatchObject([
      { value: "subordinate" },
    ]);
  });
});
