import { describe, expect, it } from "vitest";
import { field } from "#lib/cards/field.ts";
import { ApiProblem } from "../http/problem.ts";
import { resolveRows } from "./resolve-rows.ts";

const fields = {
  user: field.text({ label: "ID or Login", required: true }),
  groups: field.textList({ label: "Groups" }),
  days: field.number({ label: "Days" }),
  password: field.text({ label: "Password", secret: true }),
  profile: field.object({ label: "Profile", fields: { department: field.text({ label: "Department" }) } }),
};
const rowsOf = (...cells: string[][]) => cells.map((row, index) => ({ cells: row, line: index + 2 }));

describe("resolveRows", () => {
  it("lays a row's cells over what all rows share, in the fields' types", () => {
    const columns = [["user"], null, ["days"], ["groups"], ["profile", "department"]];
    const rows = rowsOf(["ann@x.com", "ignored", "30", "00g1; 00g2;", "Sales"]);
    const shared = { profile: { object: { department: { value: "All" } } }, days: { value: 7 } };
    const [row] = resolveRows({ columns, rows }, shared, fields, true);
    expect(row).toEqual({
      position: 1,
      line: 2,
      label: "ann@x.com",
      inputs: { user: "ann@x.com", days: 30, groups: ["00g1", "00g2"], profile: { department: "Sales" } },
      problems: [],
    });
  });

  it("leaves an input empty whose column has an empty cell, whatever the rows share", () => {
    const rows = rowsOf(["ann@x.com", ""], ["", "3"]);
    const shared = { user: { value: "boss@x.com" }, days: { value: 7 } };
    const resolved = resolveRows({ columns: [["user"], ["days"]], rows }, shared, fields, true);
    expect(resolved[0]?.inputs).toEqual({ user: "ann@x.com" });
    expect(resolved[1]).toMatchObject({ line: 3, label: "3", problems: ["ID or Login is required."] });
  });

  it("names every mistake of a row and keeps the others", () => {
    const rows = rowsOf(["ann@x.com", "soon"], ["ben@x.com", "3"]);
    const resolved = resolveRows({ columns: [["user"], ["days"]], rows }, {}, fields, true);
    expect(resolved[0]?.problems).toEqual(['Days takes a number, but got "soon".']);
    expect(resolved[1]?.problems).toEqual([]);
  });

  it("refuses the same write twice, and lets a card that reads have it", () => {
    const rows = rowsOf(["ann@x.com"], ["ben@x.com"], [" ann@x.com "]);
    const request = { columns: [["user"]], rows };
    expect(resolveRows(request, {}, fields, true)[2]?.problems).toEqual(["The same as row 1."]);
    expect(resolveRows(request, {}, fields, false)[2]?.problems).toEqual([]);
  });

  it("calls a row by its label, never by a secret", () => {
    const request = { columns: [["password"], ["user"]], rows: [{ cells: [" s3cret ", "ann@x.com"] }] };
    expect(resolveRows(request, {}, fields, true)[0]).toMatchObject({
      label: "ann@x.com",
      inputs: { password: " s3cret " },
    });
    const unused = { columns: [null, ["user"]], rows: [{ cells: ["Ann Lee", "00u1"] }] };
    expect(resolveRows(unused, {}, fields, true)[0]?.label).toBe("Ann Lee");
    const named = { columns: [["user"]], rows: [{ cells: ["00u1"], label: "Ann Lee" }] };
    expect(resolveRows(named, {}, fields, true)[0]?.label).toBe("Ann Lee");
  });

  it("runs once where there are no columns", () => {
    const [row] = resolveRows(
      { columns: [], rows: [{ cells: [] }] },
      { user: { value: "00u1" } },
      fields,
      true,
    );
    expect(row).toMatchObject({ label: "Row 1", inputs: { user: "00u1" }, problems: [] });
  });

  it("refuses a column for an input the card does not have", () => {
    const request = { columns: [["profile", "shoe"]], rows: rowsOf(["42"]) };
    expect(() => resolveRows(request, {}, fields, true)).toThrow(ApiProblem);
  });
});
