import { expect, it } from "vitest";
import type { BulkResult } from "#lib/api/bulk.ts";
import { registry } from "#lib/registry.ts";
import { resultWords } from "./result-words.ts";

const row: BulkResult = {
  position: 1,
  label: "ann@acme.example",
  inputs: {},
  status: "succeeded",
  problem: null,
  executionId: null,
  outputs: null,
  planned: null,
};
const fields = registry.card("okta.users.suspend")?.description.outputs ?? {};

it("uses labels, and keys only for what has none", () => {
  expect(Object.keys(fields)).toContain("statusCode");
  const words = resultWords({ ...row, outputs: { statusCode: 200, more: "x", gone: null } }, fields);
  expect(words).toBe(`${fields.statusCode?.label}: 200, more: x`);
  expect(words).not.toContain("statusCode");
});

it("tells what a planned row would change", () => {
  expect(resultWords({ ...row, planned: [] }, {})).toBe("Would change nothing");
  const call = { method: "POST", path: "/x" };
  const planned = [
    { ...call, title: "Suspend User", changes: [] },
    { ...call, title: "Update User", changes: ["title: (empty) → Lead"] },
  ];
  expect(resultWords({ ...row, planned }, {})).toBe(
    "Would do: Suspend User; Update User (title: (empty) → Lead)",
  );
  expect(resultWords({ ...row, planned, problem: "Gone." }, {})).toBe("Gone.");
});
