import { expect, it } from "vitest";
import type { BulkRequest, BulkSample } from "#lib/api/bulk.ts";
import { catalogue } from "#lib/registry.ts";
import { named } from "./named-request.ts";

const suspend = catalogue.card("okta.users.suspend");
const create = catalogue.card("okta.groups.create");
if (!suspend || !create) throw new Error("A card is gone.");
const once: BulkRequest = {
  card: "okta.users.suspend",
  connection: "okta",
  options: {},
  inputs: { user: { value: "00u1" } },
  columns: [],
  rows: [{ cells: [], label: "Once" }],
};
const sample = (changes: Partial<BulkSample>): BulkSample => ({
  position: 1,
  label: "Once",
  inputs: {},
  call: null,
  person: null,
  changes: [],
  warning: null,
  ...changes,
});
const person = { name: "Ann Lee", login: "ann@acme.example", status: "ACTIVE" };

it("calls a run that is made once by whom it is about, else by what it needs", () => {
  expect(named(once, suspend, sample({ person })).rows).toEqual([
    { cells: [], label: "Ann Lee (ann@acme.example)" },
  ]);
  expect(named(once, suspend, sample({ inputs: { user: "ann@acme.example" } })).rows[0]?.label).toBe(
    "ann@acme.example",
  );
  expect(named(once, create, sample({ inputs: {} }))).toBe(once);
});

it("leaves other runs, and one nothing is known of, as they are", () => {
  const two = { ...once, columns: [["user"]], rows: [{ cells: ["a"] }, { cells: ["b"] }] };
  expect(named(two, suspend, sample({ person }))).toBe(two);
  expect(named(once, suspend, undefined)).toBe(once);
});
