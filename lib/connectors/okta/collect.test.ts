import { describe, expect, it } from "vitest";
import { CardError } from "../../cards/errors.ts";
import { field } from "../../cards/field.ts";
import { isJsonObject, type JsonObject } from "../../flow/json.ts";
import type { OktaClient, OktaRequest } from "./client.ts";
import { gather, type ListRule } from "./collect.ts";
import { listGroupMembers } from "./groups/list-group-members.ts";
import { searchGroups } from "./groups/search-groups.ts";
import { SAMPLE_OKTA_GROUP, SAMPLE_OKTA_USER } from "./samples.ts";
import { stillHeld } from "./test-garbage.ts";
import { runOktaCard } from "./test-okta-card.ts";
import { findUsers } from "./users/find-users.ts";

/** A list of so many records, made page by page as it is asked for. */
class LongList {
  pagesRead = 0;
  /** The pages handed out, as long as somebody holds them. */
  readonly #pages: WeakRef<object>[] = [];
  readonly #records: number;
  readonly #perPage: number;

  constructor(records: number, perPage = 200) {
    this.#records = records;
    this.#perPage = perPage;
  }

  /** Pages somebody still holds. */
  held(): Promise<number> {
    return stillHeld(this.#pages);
  }

  client(onPage: (list: LongList) => Promise<void> | void = () => undefined): OktaClient {
    const read = this.#read.bind(this);
    return {
      request: () => Promise.reject(new Error("A list is read by its pages.")),
      pages: (request: OktaRequest | object) => read(request, onPage),
    };
  }

  async *#read(_request: object, onPage: (list: LongList) => Promise<void> | void) {
    for (let from = 0; from < this.#records; from += this.#perPage) {
      const count = Math.min(this.#perPage, this.#records - from);
      const page = Array.from({ length: count }, (_, index): JsonObject => {
        return { id: `00u${from + index}`, profile: { about: "x".repeat(1000) } };
      });
      this.pagesRead++;
      this.#pages.push(new WeakRef(page), ...page.slice(0, 1).map((record) => new WeakRef(record)));
      yield page;
      await onPage(this);
    }
  }
}

const rule = (client: OktaClient, more: Partial<ListRule> = {}): ListRule => ({
  client,
  limit: undefined,
  room: 10_000_000,
  raw: false,
  fields: { id: field.text({ label: "ID" }) },
  source: (record) => (isJsonObject(record) ? record : {}),
  ...more,
});
const request = { path: "/api/v1/users" };

describe("a list of 100,000 records", () => {
  it("is read to its end, with no more than the page at hand held beside what is kept", async () => {
    const list = new LongList(100_000);
    const held: number[] = [];
    const client = list.client(async () => {
      if (list.pagesRead % 100 === 0) held.push(await list.held());
    });
    const { records, raw } = await gather(request, rule(client));
    expect(records).toHaveLength(100_000);
    expect(records.at(-1)).toEqual({ id: "00u99999" });
    expect(raw).toBeNull();
    expect(held).toHaveLength(5);
    // A page and its first record each.
    expect(Math.max(...held)).toBeLessThanOrEqual(4);
  });

  it("fails at once where it crosses what there is room for, and says how many would fit", async () => {
    const list = new LongList(100_000);
    const fields = { profile: field.object({ label: "Profile" }) };
    const failed = await gather(request, rule(list.client(), { fields })).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(CardError);
    const fit = Number((failed as CardError).details.data?.fit);
    expect(failed).toMatchObject({
      message: `Okta has more records than this card can hold: ${fit.toLocaleString("en")} of them fit into the 10 MB there is room for.`,
      details: {
        kind: "refused",
        code: "output-too-large",
        hint: expect.stringContaining(`Record Limit of ${fit.toLocaleString("en")} or less`),
      },
    });
    expect(list.pagesRead).toBe(Math.ceil((fit + 1) / 200));
    const small = gather(request, { ...rule(new LongList(100_000).client(), { fields }), room: 4_500 });
    await expect(small).rejects.toThrow("fit into the 4.5 KB there is room for.");
    const again = await gather(request, rule(new LongList(100_000).client(), { fields, limit: fit }));
    expect(again.records).toHaveLength(fit);
    expect(new TextEncoder().encode(JSON.stringify(again.records)).length).toBeLessThan(10_000_000);
  });

  it("counts the raw records too, where they are asked for", async () => {
    const whole = rule(new LongList(200).client(), { raw: true, room: 400_000 });
    expect((await gather(request, whole)).raw).toHaveLength(200);
    const tight = rule(new LongList(200).client(), { raw: true, room: 100_000 });
    await expect(gather(request, tight)).rejects.toMatchObject({ details: { code: "output-too-large" } });
  });

  it("counts bytes, not letters", async () => {
    const source = () => ({ id: "é".repeat(1000) });
    const given = (room: number) => gather(request, rule(new LongList(10).client(), { source, room }));
    await expect(given(15_000)).rejects.toMatchObject({ details: { data: { fit: 6 } } });
    expect((await given(25_000)).records).toHaveLength(10);
  });

  it("is asked for no page that is not needed", async () => {
    for (const [limit, pages] of [
      [0, 0],
      [1, 1],
      [200, 1],
      [201, 2],
      [1_000, 5],
    ] as const) {
      const list = new LongList(100_000);
      expect((await gather(request, rule(list.client(), { limit }))).records).toHaveLength(limit);
      expect(list.pagesRead).toBe(pages);
    }
  });
});

describe("cards that give lists", () => {
  const many = (count: number, record: JsonObject) => ({
    body: Array.from({ length: count }, (_, index) => ({ ...record, id: `00x${index}` })),
  });
  const unasked = new CardError("Another page was asked for.", { kind: "bug", code: "unasked" });

  it("read to the end where no limit is filled in", async () => {
    const answers = [many(200, SAMPLE_OKTA_USER), many(200, SAMPLE_OKTA_USER), many(3, SAMPLE_OKTA_USER)];
    const { outputs } = await runOktaCard(listGroupMembers, { inputs: { group: "00g1" }, answers });
    expect(outputs?.users).toHaveLength(403);
    expect(outputs?.rawRecords).toHaveLength(403);
  });

  it("give the raw records only where the flow reads them", async () => {
    const call = { inputs: { group: "00g1" }, answers: [many(2, SAMPLE_OKTA_USER)] };
    expect((await runOktaCard(listGroupMembers, { ...call, wanted: ["users"] })).outputs).toMatchObject({
      users: [{ id: "00x0" }, { id: "00x1" }],
      rawRecords: null,
      statusCode: 200,
    });
  });

  it("stop after the first page where that is the Result Set, whatever the limit was", async () => {
    const { outputs } = await runOktaCard(listGroupMembers, {
      inputs: { group: "00g1" },
      options: { resultSet: "firstPage" },
      answers: [many(200, SAMPLE_OKTA_USER), unasked],
    });
    expect(outputs?.users).toHaveLength(200);
  });

  it("ask for one record where the first is wanted", async () => {
    const call = { inputs: { query: "a" }, answers: [many(1, SAMPLE_OKTA_USER), unasked] };
    const { outputs, requests } = await runOktaCard(findUsers, call);
    expect(outputs).toMatchObject({ id: "00x0", users: null, rawRecords: null, statusCode: 200 });
    expect(requests).toEqual([{ method: "GET", path: "/api/v1/users", query: { q: "a", limit: 1 } }]);
  });

  it("fail where Okta gives a query no more, unless no more are wanted", async () => {
    const find = (inputs: JsonObject, resultSet: string, found: number) =>
      runOktaCard(findUsers, {
        inputs: { query: "a", ...inputs },
        options: { resultSet },
        answers: [many(found, SAMPLE_OKTA_USER)],
      });
    await expect(find({}, "all", 200)).rejects.toMatchObject({ details: { code: "list-cut-off" } });
    await expect(find({ recordLimit: 300 }, "all", 200)).rejects.toMatchObject({
      details: { code: "list-cut-off", hint: expect.stringContaining("Record Limit of 200") },
    });
    expect((await find({}, "all", 199)).outputs?.users).toHaveLength(199);
    expect((await find({ recordLimit: 200 }, "all", 200)).outputs?.users).toHaveLength(200);
    expect((await find({}, "firstPage", 200)).outputs?.users).toHaveLength(200);
  });

  it("fail where the list is more than there is room for", async () => {
    const call = { inputs: { group: "00g1" }, answers: [many(200, SAMPLE_OKTA_USER)], room: 20_000 };
    await expect(runOktaCard(listGroupMembers, call)).rejects.toMatchObject({
      details: { code: "output-too-large", kind: "refused" },
    });
  });

  it("search groups by all that is filled in, and by something at least", async () => {
    const options = { resultSet: "all", searchBy: "search" };
    const call = (inputs: JsonObject) =>
      runOktaCard(searchGroups, { inputs, options, answers: [many(1, SAMPLE_OKTA_GROUP)] });
    const { requests } = await call({
      name: "Sales",
      type: "OKTA_GROUP",
      search: 'profile.description co "EMEA"',
    });
    expect(requests[0]?.query?.search).toBe(
      'profile.name eq "Sales" and type eq "OKTA_GROUP" and (profile.description co "EMEA")',
    );
    await expect(call({ name: "" })).rejects.toMatchObject({ details: { code: "no-criteria" } });
  });
});
