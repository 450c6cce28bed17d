import { defineFunction } from "../../cards/define.ts";

export const assign = defineFunction({
  id: "core.assign",
  version: 1,
  title: "Assign",
  summary: "Gives values names and types of your own, for later cards to use.",
  help: "Each field you add is an input and an output of the same name. What you leave empty stays empty.",
  category: "Data",
  keywords: ["set", "variable", "constant", "rename", "object construct"],
  inputs: {},
  outputs: {},
  ownFields: { into: "both", label: "Fields" },
  sample: { inputs: {}, outputs: {} },
  run: ({ inputs }) => ({ ...inputs }),
});
