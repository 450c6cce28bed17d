import { expect, it } from "vitest";
import { plannedOf } from "./planned-rows.ts";

it("names each call by its card and tells what it changes", () => {
  const cards = {
    a: { card: "okta.users.suspend", v: 1, title: "Suspend the leaver" },
    b: { card: "okta.users.update", v: 1 },
  };
  const rows = [
    { card: "a", method: "POST", path: "/api/v1/users/00u1/lifecycle/suspend", changes: [] },
    {
      card: "b",
      method: "POST",
      path: "/api/v1/users/00u1",
      changes: [{ field: ["profile", "title"], before: "", after: "Lead" }],
    },
    { card: "gone", method: "DELETE", path: "/api/v1/x", changes: null },
  ];
  expect(plannedOf(rows, cards).map(({ title, changes }) => [title, changes])).toEqual([
    ["Suspend the leaver", []],
    ["Update User", ["profile › title: (empty) → Lead"]],
    ["DELETE /api/v1/x", []],
  ]);
});
