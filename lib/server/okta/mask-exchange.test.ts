import { describe, expect, it } from "vitest";
import { MASK } from "../../cards/secret-keys.ts";
import { registry } from "../../registry.ts";
import { maskedBody, maskedPath } from "./mask-exchange.ts";
import { maskedClient } from "./masked-client.ts";

const hidden = new Set(["ssn"]);

describe("hidden attributes in an exchange", () => {
  it.each([
    [
      "/api/v1/users?search=profile.ssn+eq+%22123-45%22&limit=200",
      `search=profile.ssn%20eq%20%22${MASK}%22&limit=200`,
    ],
    ["/api/v1/users?filter=profile.city%20eq%20%22Oslo%22", "filter=profile.city%20eq%20%22Oslo%22"],
    ["/api/v1/x?ssn=123&q=ssn", `ssn=${MASK}&q=ssn`],
    ["/api/v1/x?search=%E0%A4%A&token=1", `search=%E0%A4%A&token=${MASK}`],
  ])("are masked in the query of %s", (path, query) => {
    expect(maskedPath(path, hidden).split("?")[1]).toBe(query);
  });

  it("are masked in bodies, beside secrets", () => {
    const body = { profile: { ssn: "123", city: "Oslo" }, credentials: { password: "x" } };
    expect(JSON.parse(maskedBody(body, hidden) ?? "")).toEqual({
      profile: { ssn: MASK, city: "Oslo" },
      credentials: { password: MASK },
    });
    expect(maskedBody({ profile: { ssn: "123" } })).toContain("123");
  });
});

describe("a client for lists that are shown", () => {
  const people = [{ id: "1", profile: { ssn: "123", city: "Oslo" } }];
  const client = {
    request: async () => ({ status: 200, headers: {}, body: people }),
    pages: async function* () {
      yield people;
    },
  };

  it("answers with hidden attributes masked", async () => {
    const seen = maskedClient(client, hidden);
    const masked = [{ id: "1", profile: { ssn: MASK, city: "Oslo" } }];
    expect((await seen.request({ method: "GET", path: "/" })).body).toEqual(masked);
    for await (const page of seen.pages({ path: "/" })) expect(page).toEqual(masked);
    expect(maskedClient(client, new Set())).toBe(client);
  });

  it("gives a list of an attribute's values that has none of them", async () => {
    const loader = registry.loader("okta.attributeValues");
    if (loader?.kind !== "choices") throw new Error("It is a loader of choices.");
    const load = (attribute: string) =>
      loader.load({ client: maskedClient(client, hidden), search: "", options: { attribute } });
    expect((await load("ssn")).choices.map(({ value }) => value)).toEqual([MASK]);
    expect((await load("city")).choices.map(({ value }) => value)).toEqual(["Oslo"]);
  });
});
