import { describe, expect, it } from "vitest";
import { readCsv } from "#lib/api/read-csv.ts";
import { field } from "#lib/cards/field.ts";
import { inputChoices, matchColumns, personInput, withoutPaths } from "./input-choices.ts";
import {
  columnNames,
  EMPTY_LIST,
  looksLikeHeader,
  NOTHING_CHOSEN,
  type RunDraft,
  requestOf,
} from "./run-draft.ts";

const fields = {
  group: field.text({ label: "Group ID", required: true, picker: "okta.groups" }),
  user: field.text({ label: "User ID", required: true, picker: "okta.users" }),
  profile: field.object({
    label: "Profile",
    fields: { firstName: field.text({ label: "First Name" }), nickName: field.text({ label: "Nickname" }) },
  }),
  raw: field.objectList({ label: "Raw" }),
};
const choices = inputChoices(fields);
const paths = (found: ReturnType<typeof matchColumns>) =>
  found.map((choice) => choice?.path.join(".") ?? null);

describe("the inputs columns can fill in", () => {
  it("are single values, inside objects too", () => {
    expect(choices.map(({ label }) => label)).toEqual([
      "Group ID",
      "User ID",
      "Profile › First Name",
      "Profile › Nickname",
    ]);
  });

  it("are found by name, however it is written", () => {
    expect(paths(matchColumns(["first_name", "profile.nickName", "USER ID", "shoe"], choices))).toEqual([
      "profile.firstName",
      "profile.nickName",
      "user",
      null,
    ]);
  });

  it("get each column once, the first one going to the person where no name says so", () => {
    expect(paths(matchColumns(["who", "First Name", "firstName"], choices))).toEqual([
      "user",
      "profile.firstName",
      null,
    ]);
    expect(paths(matchColumns(["who", "user"], choices))).toEqual([null, "user"]);
    expect(personInput(choices)?.path).toEqual(["user"]);
  });

  it("are not asked for again in the form", () => {
    expect(Object.keys(withoutPaths(fields, [["user"]]))).toEqual(["group", "profile", "raw"]);
    const left = withoutPaths(fields, [["profile", "firstName"]]);
    expect(Object.keys(left.profile?.fields ?? {})).toEqual(["nickName"]);
    const none = withoutPaths(fields, [
      ["profile", "firstName"],
      ["profile", "nickName"],
    ]);
    expect(Object.keys(none)).not.toContain("profile");
  });
});

describe("requestOf", () => {
  const ann = { id: "00u1", name: "Ann Lee", login: "ann@x.com", status: "ACTIVE" };
  const draft: RunDraft = {
    ...NOTHING_CHOSEN,
    card: "okta.groups.addUser",
    connection: "okta",
    options: {},
    inputs: { group: { value: "00g1" } },
    source: "once",
    picked: [ann],
    found: [],
    list: { ...EMPTY_LIST, records: readCsv("Login,Team\nann@x.com,Sales\n\nben@x.com") },
  };
  const user = personInput(choices) ?? null;

  it("runs once, for people, and for the lines of a list", () => {
    expect(requestOf(draft, [])?.rows).toEqual([{ cells: [], label: "Once" }]);
    expect(requestOf({ ...draft, source: "people" }, [user])).toMatchObject({
      columns: [["user"]],
      rows: [{ cells: ["00u1"], label: "Ann Lee (ann@x.com)" }],
    });
    expect(requestOf({ ...draft, source: "list" }, [user, null])).toMatchObject({
      columns: [["user"], null],
      rows: [
        { cells: ["ann@x.com", "Sales"], line: 2 },
        { cells: ["ben@x.com"], line: 4 },
      ],
    });
  });

  it("takes the first line for a row where it holds no names", () => {
    const list = { ...draft.list, header: false };
    expect(requestOf({ ...draft, source: "list", list }, [])?.rows).toHaveLength(3);
    expect(columnNames(list)).toEqual(["Column 1", "Column 2"]);
    expect(columnNames(draft.list)).toEqual(["Login", "Team"]);
  });

  it("is none without rows, or with more than a run takes", () => {
    expect(requestOf({ ...draft, source: "search" }, [user])).toBeUndefined();
    const picked = Array.from({ length: 10_001 }, () => ann);
    expect(requestOf({ ...draft, source: "people", picked }, [user])).toBeUndefined();
  });
});

it.each([
  [["login", "department"], true],
  [["User ID"], true],
  [["ann.lee@example.com"], false],
  [["00u0QCyPt2swhTLSBX5d"], false],
  [["Ann Lee", "4711"], false],
])("takes a first line %j for names of columns: %s", (cells, header) => {
  expect(looksLikeHeader([{ line: 1, cells }])).toBe(header);
});
