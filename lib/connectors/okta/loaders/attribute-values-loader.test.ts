import { describe, expect, it } from "vitest";
import type { Json } from "../../../flow/json.ts";
import type { OktaClient } from "../client.ts";
import { fakeOktaClient } from "../test-okta-client.ts";
import { attributeValuesLoader, departmentsLoader } from "./attribute-values-loader.ts";

const person = (profile: Json): Json => ({ id: "00u", profile });

async function load(loader: typeof departmentsLoader, client: OktaClient, attribute?: string) {
  return loader.load({ client, search: "", options: attribute === undefined ? {} : { attribute } });
}

describe("okta.departments", () => {
  it("are each named once, with how many people they have", async () => {
    const { client, requests } = fakeOktaClient(
      { body: [person({ department: "Sales" }), person({ department: " Engineering " })] },
      { body: [person({ department: "Sales" }), person({ department: null }), person({})] },
    );
    expect(await load(departmentsLoader, client)).toEqual({
      choices: [
        { value: "Engineering", label: "Engineering", detail: "1 person" },
        { value: "Sales", label: "Sales", detail: "2 people" },
      ],
    });
    expect(requests).toEqual([
      { method: "GET", path: "/api/v1/users", query: { search: "profile.department pr", limit: 200 } },
    ]);
  });

  it("end after 5,000 people, and say so", async () => {
    let pages = 0;
    const { client } = fakeOktaClient();
    const endless: OktaClient = {
      ...client,
      pages: async function* () {
        while (true) {
          pages += 1;
          yield Array.from({ length: 200 }, (_, at) => person({ department: `D${pages}-${at}` }));
        }
      },
    };
    const page = await load(departmentsLoader, endless);
    expect(page.choices).toHaveLength(5_000);
    expect(page.note).toContain("Only the first 5,000 people");
  });
});

describe("okta.attributeValues", () => {
  it("are those of the attribute beside it: items of lists, numbers, yes and no", async () => {
    const { client, requests } = fakeOktaClient({
      body: [
        person({ tags: ["b", "a", "a"] }),
        person({ tags: 10 }),
        person({ tags: true }),
        person({ tags: {} }),
      ],
    });
    const { choices } = await load(attributeValuesLoader, client, "tags");
    expect(choices.map(({ value, detail }) => [value, detail])).toEqual([
      ["10", "1 person"],
      ["a", "1 person"],
      ["b", "1 person"],
      ["true", "1 person"],
    ]);
    expect(requests[0]?.query).toMatchObject({ search: "profile.tags pr" });
  });

  it.each([undefined, "", 'x" or status eq "ACTIVE', "a.b"])(
    "asks Okta nothing for the attribute %j",
    async (attribute) => {
      const { client, requests } = fakeOktaClient({ body: [] });
      const { choices, note } = await load(attributeValuesLoader, client, attribute);
      expect(choices).toEqual([]);
      expect(note).toContain("attribute");
      expect(requests).toEqual([]);
    },
  );
});
