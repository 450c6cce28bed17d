import { describe, expect, it } from "vitest";
import type { Loader } from "../../../cards/connector.ts";
import type { Json } from "../../../flow/json.ts";
import { SAMPLE_GROUP_ID, SAMPLE_OKTA_GROUP, SAMPLE_OKTA_USER, SAMPLE_USER_ID } from "../samples.ts";
import { type Answer, fakeOktaClient } from "../test-okta-client.ts";
import { groupsLoader } from "./groups-loader.ts";
import { nextCursor } from "./next-cursor.ts";
import { customProfileFields, userProfileLoader } from "./user-profile-loader.ts";
import { usersLoader } from "./users-loader.ts";

async function choices(loader: Loader, search: string, answer: Answer, cursor?: string) {
  if (loader.kind !== "choices") throw new Error("No loader of choices.");
  const { client, requests } = fakeOktaClient(answer);
  return { page: await loader.load({ client, search, cursor }), request: requests[0] };
}

describe("okta.users", () => {
  it("finds every word at the beginning of a name, login or email", async () => {
    const { page, request } = await choices(usersLoader, ' ann "l\\ee', { body: [SAMPLE_OKTA_USER] });
    expect(request?.query).toEqual({
      limit: 50,
      search:
        '(profile.firstName sw "ann" or profile.lastName sw "ann" or profile.login sw "ann" or profile.email sw "ann")' +
        ' and (profile.firstName sw "\\"l\\\\ee" or profile.lastName sw "\\"l\\\\ee" or ' +
        'profile.login sw "\\"l\\\\ee" or profile.email sw "\\"l\\\\ee")',
    });
    expect(page).toEqual({
      choices: [{ value: SAMPLE_USER_ID, label: "Ann Lee", detail: "ann.lee@example.com" }],
      cursor: undefined,
    });
  });

  it("lists everybody page by page, saying who is not active", async () => {
    const suspended = { ...SAMPLE_OKTA_USER, status: "SUSPENDED", profile: { login: "bob@example.com" } };
    const link =
      '<https://o.okta.com/api/v1/users?limit=50>; rel="self", <https://o.okta.com/api/v1/users?after=00uX&limit=50>; rel="next"';
    const { page, request } = await choices(
      usersLoader,
      "",
      { body: [suspended], headers: { link } },
      "00uW",
    );
    expect(request?.query).toEqual({ limit: 50, after: "00uW" });
    expect(page.cursor).toBe("00uX");
    expect(page.choices).toMatchObject([{ label: "bob@example.com", detail: "bob@example.com · SUSPENDED" }]);
  });
});

describe("okta.groups", () => {
  it("takes what is pasted over several lines for one", async () => {
    const { request } = await choices(groupsLoader, "Sales\r\nEMEA\u0001", { body: [] });
    expect(request?.query).toMatchObject({ search: 'profile.name co "Sales EMEA "' });
  });

  it("finds groups by a part of their name", async () => {
    const everyone = { id: "00gE", type: "BUILT_IN", profile: { name: "Everyone", description: null } };
    const { page, request } = await choices(groupsLoader, "eng", { body: [SAMPLE_OKTA_GROUP, everyone] });
    expect(request?.query).toEqual({ search: 'profile.name co "eng"', limit: 100 });
    expect(page.choices).toEqual([
      { value: SAMPLE_GROUP_ID, label: "Engineering", detail: "Everybody who builds the product" },
      { value: "00gE", label: "Everyone", detail: "built in" },
    ]);
  });
});

describe("nextCursor", () => {
  it.each([
    [undefined, undefined],
    ["", undefined],
    ['<https://o/api/v1/users?limit=1>; rel="self"', undefined],
    ['<https://o/api/v1/users?after=a%2Bb%3D&limit=1>; rel="next"', "a+b="],
    ['<https://o/x?after=1>; rel="next", <https://o/x>; rel="self"', "1"],
    ['<https://o/x>; rel="next"', undefined],
    ['<not an address>; rel="next"', undefined],
  ])("of %j is %j", (link, cursor) => {
    expect(nextCursor(link)).toBe(cursor);
  });
});

/** In the shape of a user schema recorded from a real org. */
const SCHEMA: Json = {
  definitions: {
    base: { properties: { login: { title: "Username", type: "string" } }, required: ["login"] },
    custom: {
      properties: {
        employeeId: {
          title: "Employee ID",
          description: "Unique identifier for employees",
          type: "string",
          unique: "UNIQUE_VALIDATED",
          mutability: "READ_WRITE",
        },
        badges: { title: "Badges", type: "array", items: { type: "string", enum: ["red", "blue"] } },
        size: {
          title: "Size",
          type: "string",
          enum: ["S", "M"],
          oneOf: [
            { const: "S", title: "Small" },
            { const: "M", title: "Medium" },
          ],
        },
        floor: { title: "", type: "integer", mutability: "READ_ONLY" },
        remote: { title: "Remote", type: "boolean" },
        odd: { title: "Odd", type: "geo" },
      },
      required: ["employeeId"],
    },
  },
};

describe("okta.userProfile", () => {
  it("makes fields of the custom attributes, none of them required", () => {
    expect(customProfileFields(SCHEMA)).toEqual({
      employeeId: {
        type: "text",
        label: "Employee ID",
        help: "Unique identifier for employees. Required for a new user.",
      },
      badges: {
        type: "text",
        list: true,
        label: "Badges",
        choices: [
          { value: "red", label: "red" },
          { value: "blue", label: "blue" },
        ],
      },
      size: {
        type: "text",
        label: "Size",
        choices: [
          { value: "S", label: "Small" },
          { value: "M", label: "Medium" },
        ],
      },
      floor: { type: "number", label: "floor", help: "Can only be read." },
      remote: { type: "boolean", label: "Remote" },
    });
  });

  it("asks the org's default schema, and has no fields where it has none", async () => {
    if (userProfileLoader.kind !== "fields") throw new Error("No loader of fields.");
    const { client, requests } = fakeOktaClient({ body: SCHEMA });
    expect(Object.keys(await userProfileLoader.load({ client, options: {} }))).toHaveLength(5);
    expect(requests).toEqual([{ method: "GET", path: "/api/v1/meta/schemas/user/default" }]);
    expect(customProfileFields({})).toEqual({});
    expect(customProfileFields(null)).toEqual({});
  });
});
