import { describe, expect, it } from "vitest";
import { CardError } from "#lib/cards/errors.ts";
import type { OktaClient } from "#lib/connectors/okta/client.ts";
import { portionOfPeople } from "./portion-of-people.ts";

/** An org of so many users, 200 on a page; `refuse` may throw in place of a page. */
function org(users: number, refuse: (page: number) => void = () => undefined) {
  const asked: number[] = [];
  const client: OktaClient = {
    request: async ({ query }) => {
      const page = Number(query?.after ?? 1);
      asked.push(page);
      refuse(page);
      const count = Math.min(200, users - (page - 1) * 200);
      const body = Array.from({ length: count }, (_, index) => ({ id: `00u${(page - 1) * 200 + index}` }));
      const next = `<https://o.example/api/v1/users?after=${page + 1}>; rel="next"`;
      const headers: Record<string, string> = page * 200 < users ? { link: next } : {};
      return { status: 200, headers, body };
    },
    // biome-ignore lint/correctness/useYield: nobody asks.
    pages: async function* () {
      throw new Error("A portion says where it ends; pages do not.");
    },
  };
  return { client, asked };
}

describe("the users of a search", () => {
  it("are found to the last, a portion after the other", async () => {
    const { client } = org(1_050);
    const found: string[] = [];
    const sizes: number[] = [];
    let from: string | undefined;
    do {
      const { people, next } = await portionOfPeople(client, "x", from, 400);
      found.push(...people.map(({ id }) => id));
      sizes.push(people.length);
      from = next ?? undefined;
    } while (from !== undefined);
    expect(sizes).toEqual([400, 400, 250]);
    expect(found).toEqual(Array.from({ length: 1_050 }, (_, index) => `00u${index}`));
  });

  it("lead nowhere where the portion ends with the list", async () => {
    const { client, asked } = org(400);
    expect((await portionOfPeople(client, "x", undefined, 400)).next).toBeNull();
    expect(asked).toEqual([1, 2]);
  });

  it("are waited for in the middle and not at the beginning", async () => {
    const full = () => new CardError("Full.", { kind: "rateLimited", code: "E0000047", retryAt: Date.now() });
    let refusals = 0;
    const middle = org(600, (page) => {
      if (page === 2 && refusals++ === 0) throw full();
    });
    expect((await portionOfPeople(middle.client, "x", undefined)).people).toHaveLength(600);
    expect(middle.asked).toEqual([1, 2, 2, 3]);
    const beginning = org(600, () => {
      throw full();
    });
    await expect(portionOfPeople(beginning.client, "x", undefined)).rejects.toThrow("Full.");
  });
});
