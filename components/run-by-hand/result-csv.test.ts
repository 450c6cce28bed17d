import { describe, expect, it } from "vitest";
import { readCsv } from "#lib/api/read-csv.ts";
import { resultCsv } from "./result-csv.ts";

describe("resultCsv", () => {
  it("has a column for each input and output of any row, and runs no formula", () => {
    const text = resultCsv([
      {
        position: 1,
        label: "=cmd|' /C calc'!A0",
        inputs: { user: "00u1", profile: { department: "Sales" } },
        status: "succeeded",
        problem: null,
        executionId: "01a200dc-d2db-74bd-ad32-a2d76b4f75c5",
        outputs: { statusCode: 200, groups: ["a", "b"] },
        planned: null,
      },
      {
        position: 2,
        label: "ben@x.com",
        inputs: { user: "" },
        status: "leftOut",
        problem: "User is required.",
        executionId: null,
        outputs: null,
        planned: null,
      },
    ]);
    expect(readCsv(text).map(({ cells }) => cells)).toEqual([
      [
        ...["Row", "Label", "Status", "Problem", "user", "profile.department"],
        ...["Result: statusCode", "Result: groups", "Execution"],
      ],
      [
        ...["1", "'=cmd|' /C calc'!A0", "Succeeded", "", "00u1", "Sales", "200", "a, b"],
        "01a200dc-d2db-74bd-ad32-a2d76b4f75c5",
      ],
      ["2", "ben@x.com", "Left out", "User is required.", "", "", "", "", ""],
    ]);
  });
});
