import { expect, it } from "vitest";
import { fakeOktaClient } from "../test-okta-client.ts";
import { catalogAppsLoader } from "./catalog-apps-loader.ts";

it("offers each application once, with its instances, and the next page", async () => {
  const { client, requests } = fakeOktaClient({
    headers: { link: '<https://acme.okta.com/api/v1/apps?after=0oa3&limit=200>; rel="next"' },
    body: [
      { id: "0oa1", name: "salesforce", label: "Salesforce" },
      { id: "0oa2", name: "slack", label: "" },
      { id: "0oa3", name: "salesforce", label: "Salesforce (EU)" },
      { id: "0oa4" },
    ],
  });
  expect(await catalogAppsLoader.load({ client, search: " s ", cursor: "0oa0" })).toEqual({
    choices: [
      { value: "salesforce", label: "salesforce", detail: "Salesforce, Salesforce (EU)" },
      { value: "slack", label: "slack", detail: "slack" },
    ],
    cursor: "0oa3",
  });
  expect(requests).toEqual([
    {
      method: "GET",
      path: "/api/v1/apps",
      query: { q: "s", includeNonDeleted: true, limit: 200, after: "0oa0" },
    },
  ]);
});
