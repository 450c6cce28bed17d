import { describe, expect, it } from "vitest";
import type { Loader } from "../../../cards/connector.ts";
import type { Json } from "../../../flow/json.ts";
import { SAMPLE_APP_ID, SAMPLE_OKTA_APP } from "../apps/app-samples.ts";
import { SAMPLE_GROUP_ID, SAMPLE_OKTA_GROUP, SAMPLE_OKTA_USER, SAMPLE_USER_ID } from "../samples.ts";
import { type Answer, fakeOktaClient, notFound } from "../test-okta-client.ts";
import { applicationsLoader } from "./applications-loader.ts";
import { groupsLoader } from "./groups-loader.ts";
import { usersLoader } from "./users-loader.ts";

async function find(loader: Loader, value: string, answer: Answer, options?: Record<string, Json>) {
  if (loader.kind !== "choices" || !loader.find) throw new Error("This loader finds nothing by its value.");
  const { client, requests } = fakeOktaClient(answer);
  return { found: await loader.find({ client, value, options }), paths: requests.map(({ path }) => path) };
}

describe("the choice behind an id", () => {
  it("is read by its own address", async () => {
    expect(await find(usersLoader, SAMPLE_USER_ID, { body: SAMPLE_OKTA_USER })).toEqual({
      found: { value: SAMPLE_USER_ID, label: "Ann Lee", detail: "ann.lee@example.com" },
      paths: [`/api/v1/users/${SAMPLE_USER_ID}`],
    });
    const group = await find(groupsLoader, SAMPLE_GROUP_ID, { body: SAMPLE_OKTA_GROUP });
    expect(group).toMatchObject({
      found: { label: "Engineering" },
      paths: [`/api/v1/groups/${SAMPLE_GROUP_ID}`],
    });
  });

  it("is none where the org has none, and not asked for while something else is typed", async () => {
    expect((await find(usersLoader, SAMPLE_USER_ID, notFound())).found).toBeNull();
    expect(await find(usersLoader, "ann.lee@example.com", notFound())).toEqual({ found: null, paths: [] });
  });

  it("is none where it does not fit what it depends on", async () => {
    const answer = { body: SAMPLE_OKTA_APP };
    const fits = await find(applicationsLoader, SAMPLE_APP_ID, answer, {
      application: "github_enterprise_cloud",
    });
    expect(fits.found).toMatchObject({ value: SAMPLE_APP_ID });
    const other = await find(applicationsLoader, SAMPLE_APP_ID, answer, { application: "salesforce" });
    expect(other.found).toBeNull();
  });
});
