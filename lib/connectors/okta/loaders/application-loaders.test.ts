import { describe, expect, it } from "vitest";
import type { Loader } from "../../../cards/connector.ts";
import { CardError } from "../../../cards/errors.ts";
import type { Json } from "../../../flow/json.ts";
import { SAMPLE_APP_ID, SAMPLE_OKTA_APP } from "../apps/app-samples.ts";
import { type Answer, fakeOktaClient, notFound } from "../test-okta-client.ts";
import { appAttributeKeysLoader, appUserProfileLoader } from "./app-user-profile-loader.ts";
import { applicationsLoader, identitySourcesLoader } from "./applications-loader.ts";
import { associatedNamesLoader, linkedObjectDefinitionsLoader } from "./linked-objects-loader.ts";

async function choices(loader: Loader, search: string, answer: Answer, cursor?: string) {
  if (loader.kind !== "choices") throw new Error("No loader of choices.");
  const { client, requests } = fakeOktaClient(answer);
  return { page: await loader.load({ client, search, cursor }), request: requests[0] };
}

async function fields(loader: Loader, answer: Answer, options: Record<string, Json>) {
  if (loader.kind !== "fields") throw new Error("No loader of fields.");
  const { client, requests } = fakeOktaClient(answer);
  return { fields: await loader.load({ client, options }), requests };
}

describe("okta.applications", () => {
  it("finds instances by the beginning of label or name, and says of what they are", async () => {
    const old = { ...SAMPLE_OKTA_APP, id: "0oaOld", label: "", name: "jira_onprem", status: "INACTIVE" };
    const { page, request } = await choices(applicationsLoader, " git ", { body: [SAMPLE_OKTA_APP, old] });
    expect(request).toEqual({
      method: "GET",
      path: "/api/v1/apps",
      query: { q: "git", includeNonDeleted: true, limit: 100 },
    });
    expect(page.choices).toEqual([
      { value: SAMPLE_APP_ID, label: "GitHub Enterprise Cloud", detail: "github_enterprise_cloud" },
      { value: "0oaOld", label: "jira_onprem", detail: "jira_onprem · INACTIVE" },
    ]);
  });

  it("are the instances of the application that is chosen beside it", async () => {
    const { client, requests } = fakeOktaClient({ body: [] });
    await applicationsLoader.load({ client, search: "", options: { application: "salesforce" } });
    expect(requests[0]?.query).toMatchObject({ filter: 'name eq "salesforce"' });
  });

  it("goes on page by page, without an end of its own", async () => {
    const link = '<https://o.okta.com/api/v1/apps?after=0oaX&limit=100>; rel="next"';
    const { page, request } = await choices(applicationsLoader, "", { body: [], headers: { link } }, "0oaW");
    expect(request?.query).toEqual({ includeNonDeleted: true, limit: 100, after: "0oaW" });
    expect(page.cursor).toBe("0oaX");
  });
});

describe("okta.identitySources", () => {
  it("finds applications of the one kind that takes imports", async () => {
    const { request } = await choices(identitySourcesLoader, "HR", { body: [] });
    expect(request?.query).toEqual({
      q: "HR",
      filter: 'name eq "custom_identity_source"',
      includeNonDeleted: true,
      limit: 100,
    });
  });
});

describe("the names of linked objects", () => {
  const body: Json = [
    {
      primary: { name: "manager", title: "Manager", type: "USER" },
      associated: { name: "subordinate", title: "Subordinate", type: "USER" },
    },
    { primary: { name: "mentor", title: "", type: "USER" }, associated: { name: "mentee", type: "USER" } },
    { primary: {} },
  ];

  it("are listed by their primary side", async () => {
    const { page, request } = await choices(linkedObjectDefinitionsLoader, "", { body });
    expect(request).toEqual({ method: "GET", path: "/api/v1/meta/schemas/user/linkedObjects" });
    expect(page).toEqual({
      choices: [
        { value: "manager", label: "Manager", detail: "manager ↔ subordinate" },
        { value: "mentor", label: "mentor", detail: "mentor ↔ mentee" },
      ],
    });
  });

  it("are listed by their associated side, and searched here, as Okta can't", async () => {
    const { page } = await choices(associatedNamesLoader, "SUB", { body });
    expect(page.choices).toEqual([
      { value: "subordinate", label: "Subordinate", detail: "subordinate ↔ manager" },
    ]);
  });
});

/** In the shape of an application's schema recorded from a real org. */
const SCHEMA: Json = {
  definitions: {
    base: {
      properties: {
        userName: { title: "Username", type: "string", required: true },
        given_name: { title: "Given Name", type: "string", description: "First name of the user" },
        email: { title: "Email", type: "string", required: true },
      },
    },
    custom: { properties: { level: { title: "Level", type: "integer", enum: [4, 5] } } },
  },
};

describe("okta.appUserProfile", () => {
  const options = { application: SAMPLE_APP_ID };

  it("makes fields of base and custom attributes of the chosen application", async () => {
    const { fields: made, requests } = await fields(appUserProfileLoader, { body: SCHEMA }, options);
    expect(requests).toEqual([{ method: "GET", path: `/api/v1/meta/schemas/apps/${SAMPLE_APP_ID}/default` }]);
    expect(made).toEqual({
      given_name: { type: "text", label: "Given Name", help: "First name of the user." },
      email: {
        type: "text",
        label: "Email",
        help: "The application needs it, unless a mapping fills it.",
      },
      level: { type: "number", label: "Level" },
    });
  });

  it("asks nothing before an application is chosen, or while its id is typed", async () => {
    for (const application of [undefined, "", "0oa4", "git hub"]) {
      const asked = await fields(appUserProfileLoader, {}, application === undefined ? {} : { application });
      expect(asked).toEqual({ fields: {}, requests: [] });
    }
  });

  it("has no fields for an application that is not there, and passes on other errors", async () => {
    expect((await fields(appUserProfileLoader, notFound("AppInstance"), options)).fields).toEqual({});
    const down = new CardError("No answer.", { kind: "unavailable", code: "timeout" });
    await expect(fields(appUserProfileLoader, down, options)).rejects.toBe(down);
  });

  it("gives texts for the keys another system has the attributes under", async () => {
    expect((await fields(appAttributeKeysLoader, { body: SCHEMA }, options)).fields).toEqual({
      given_name: { type: "text", label: "Given Name" },
      email: { type: "text", label: "Email" },
      level: { type: "text", label: "Level" },
    });
  });
});
