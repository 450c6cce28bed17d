import { describe, expect, it } from "vitest";
import { readGroup } from "../groups/read-group.ts";
import { SAMPLE_OKTA_GROUP } from "../samples.ts";
import { runOktaCard } from "../test-okta-card.ts";
import { fakeOktaClient } from "../test-okta-client.ts";
import { groupProfileLoader } from "./group-profile-loader.ts";

const schema = {
  definitions: {
    custom: {
      properties: {
        emailEnabled: { title: "Email Enabled", type: "boolean" },
        site: { title: "Site", type: "string", required: true },
      },
    },
    base: { properties: { name: { title: "Name", type: "string" } } },
  },
};

describe("okta.groupProfile", () => {
  it("gives the attributes an org added to its groups", async () => {
    if (groupProfileLoader.kind !== "fields") throw new Error("No loader of fields.");
    const { client, requests } = fakeOktaClient({ body: schema });
    expect(await groupProfileLoader.load({ client, options: {} })).toEqual({
      emailEnabled: { type: "boolean", label: "Email Enabled" },
      site: { type: "text", label: "Site", help: "Required for a new group." },
    });
    expect(requests).toEqual([{ method: "GET", path: "/api/v1/meta/schemas/group/default" }]);
  });

  it("is what cards give too, beside name and description", async () => {
    const profile = { name: "Sales", description: null, site: "Oslo", emailEnabled: false };
    const answers = [{ body: { ...SAMPLE_OKTA_GROUP, profile } }];
    const { outputs } = await runOktaCard(readGroup, { inputs: { group: "00g1" }, answers });
    expect(outputs?.profile).toEqual({ name: "Sales", site: "Oslo", emailEnabled: false });
  });
});
