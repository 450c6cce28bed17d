import type { CardDescription } from "../cards/card.ts";
import { defineControl, defineFunction, defineNote } from "../cards/define.ts";
import { field } from "../cards/field.ts";
import { type Catalogue, createCatalogue } from "../cards/registry.ts";
import type { FlowDocument } from "../flow/document.ts";

const base = { version: 1, summary: "For tests.", category: "Tests", sample: { inputs: {}, outputs: {} } };

const person = {
  id: field.text({ label: "ID" }),
  age: field.number({ label: "Age" }),
  tags: field.textList({ label: "Tags" }),
  profile: field.object({
    label: "Profile",
    fields: { firstName: field.text({ label: "First name" }), lastName: field.text({ label: "Last name" }) },
  }),
};

const make = defineFunction({
  ...base,
  id: "t.make",
  title: "Make",
  inputs: {},
  outputs: person,
  run: () => ({}),
});
const use = defineFunction({
  ...base,
  id: "t.use",
  title: "Use",
  inputs: { ...person, id: field.text({ label: "ID", required: true }) },
  outputs: person,
  run: ({ inputs }) => inputs,
});
const choose = defineControl({
  ...base,
  id: "t.choose",
  title: "Choose",
  inputs: { left: field.any({ label: "Value" }) },
  outputs: { result: field.boolean({ label: "Result" }) },
  exits: [
    { id: "true", label: "True" },
    { id: "false", label: "False" },
  ],
  decide: () => ({ outputs: { result: true }, exit: "true" }),
});
const stop = defineControl({
  ...base,
  id: "t.stop",
  title: "Stop",
  inputs: {},
  outputs: {},
  exits: [],
  decide: () => ({ outputs: {} }),
});
const note = defineNote({
  ...base,
  id: "t.note",
  title: "Note",
  inputs: { text: field.text({ label: "Text" }) },
  outputs: {},
});

const event: CardDescription = {
  ...make.description,
  id: "t.event",
  kind: "event",
  title: "Something Happened",
  connector: "okta",
  needsConnection: true,
};

/** A few cards of each kind, for tests of editor and canvas. */
export const testCatalogue: Catalogue = createCatalogue([
  event,
  ...[make, use, choose, stop, note].map((card) => card.description),
]);

/** Event, If/Else, and a card on its true branch: c1 → c2 → (true) c3. */
export function testFlow(): FlowDocument {
  return {
    format: 1,
    name: "Test flow",
    cards: {
      c1: { card: "t.event", v: 1, connection: "main" },
      c2: { card: "t.choose", v: 1, inputs: { left: { ref: ["c1", "id"] } } },
      c3: { card: "t.use", v: 1, inputs: { id: { ref: ["c1", "id"] } } },
    },
    edges: [
      { from: "c1", out: "next", to: "c2" },
      { from: "c2", out: "true", to: "c3" },
    ],
    layout: { c1: [0, 0], c2: [380, 0], c3: [760, 0] },
  };
}
