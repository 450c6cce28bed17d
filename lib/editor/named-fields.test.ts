import { expect, test } from "vitest";
import { defineFunction } from "../cards/define.ts";
import { field } from "../cards/field.ts";
import { createCatalogue } from "../cards/registry.ts";
import type { FlowDocument } from "../flow/document.ts";
import { namedFields } from "./named-fields.ts";

const profile = field.object({
  label: "Profile",
  grows: "test.profile",
  fields: { title: field.text({ label: "Title" }) },
});
const base = { version: 1, summary: "For tests.", category: "Tests", sample: { inputs: {}, outputs: {} } };
const update = defineFunction({
  ...base,
  id: "t.update",
  title: "Update",
  inputs: { profile },
  outputs: { user: field.object({ label: "User", fields: { profile } }) },
  run: () => ({ user: null }),
});
const show = defineFunction({
  ...base,
  id: "t.show",
  title: "Show",
  inputs: { text: field.text({ label: "Text" }) },
  outputs: {},
  run: () => ({}),
});
const catalogue = createCatalogue([update.description, show.description]);

function documentOf(cards: FlowDocument["cards"]): FlowDocument {
  return { format: 1, name: "Test", cards, edges: [], layout: {} };
}

test("what is filled in and what is taken of an org's own fields is called by its key", () => {
  const document = documentOf({
    a: {
      card: "t.update",
      v: 1,
      inputs: { profile: { object: { title: { value: "Lead" }, badge: { value: 7 } } } },
    },
    b: {
      card: "t.show",
      v: 1,
      inputs: { text: { text: ["It is ", { ref: ["a", "user", "profile", "site"] }] } },
    },
    c: { card: "t.show", v: 1, inputs: { text: { ref: ["a", "user", "profile", "title"] } } },
    gone: { card: "t.gone", v: 1 },
  });
  expect([...namedFields(document, catalogue)]).toEqual([
    [
      "a",
      { "test.profile": { badge: { type: "any", label: "badge" }, site: { type: "any", label: "site" } } },
    ],
  ]);
});

test("an object that is mapped as a whole names nothing", () => {
  const document = documentOf({
    a: { card: "t.update", v: 1, inputs: { profile: { ref: ["b", "user", "profile"] } } },
    b: { card: "t.update", v: 1 },
  });
  expect(namedFields(document, catalogue).size).toBe(0);
});
