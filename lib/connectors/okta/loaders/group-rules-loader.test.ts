import { describe, expect, it } from "vitest";
import { SAMPLE_OKTA_RULE } from "../rules/rule-samples.ts";
import { fakeOktaClient } from "../test-okta-client.ts";
import { groupRulesLoader } from "./group-rules-loader.ts";

async function choices(search: string, body: unknown[], link?: string) {
  if (groupRulesLoader.kind !== "choices") throw new Error("No loader of choices.");
  const headers: Record<string, string> = link ? { link } : {};
  const { client, requests } = fakeOktaClient({ body: JSON.parse(JSON.stringify(body)), headers });
  return { page: await groupRulesLoader.load({ client, search, cursor: undefined }), request: requests[0] };
}

describe("okta.groupRules", () => {
  it("finds rules by a part of their name, saying which are not active", async () => {
    const active = { ...SAMPLE_OKTA_RULE, id: "0pr2", name: "Managers", status: "ACTIVE" };
    const link = '<https://o.okta.com/api/v1/groups/rules?after=0pr2&limit=100>; rel="next"';
    const { page, request } = await choices(" e ", [SAMPLE_OKTA_RULE, active], link);
    expect(request).toEqual({
      method: "GET",
      path: "/api/v1/groups/rules",
      query: { search: "e", limit: 100 },
    });
    expect(page).toEqual({
      choices: [
        { value: SAMPLE_OKTA_RULE.id, label: SAMPLE_OKTA_RULE.name, detail: "INACTIVE" },
        { value: "0pr2", label: "Managers", detail: undefined },
      ],
      cursor: "0pr2",
    });
  });

  it("lists all of them where nothing is typed", async () => {
    expect((await choices("", [])).request?.query).toEqual({ limit: 100 });
  });
});
