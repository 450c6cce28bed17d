import { defineNote } from "../../cards/define.ts";
import { field } from "../../cards/field.ts";

export const note = defineNote({
  id: "core.note",
  version: 1,
  title: "Note",
  summary: "A note on the canvas for whoever reads the flow next. Takes no part in running.",
  category: "Notes",
  keywords: ["comment", "sticky", "documentation", "annotation"],
  inputs: { text: field.text({ label: "Text", multiline: true, placeholder: "Why is this here?" }) },
  outputs: {},
  sample: { inputs: { text: "Contractors are handled by another flow." }, outputs: {} },
});
