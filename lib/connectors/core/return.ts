import { defineControl } from "../../cards/define.ts";

export const returnCard = defineControl({
  id: "core.return",
  version: 1,
  title: "Return",
  summary: "Ends the flow and keeps the values you name as its result.",
  help: "No further card runs, on no branch. The execution succeeds and shows the result.",
  category: "Logic",
  keywords: ["end", "stop", "finish", "result", "output"],
  inputs: {},
  outputs: {},
  exits: [],
  ownFields: { into: "inputs", label: "Result" },
  sample: { inputs: {}, outputs: {} },
  decide: ({ inputs }) => ({ outputs: {}, end: { reason: "Ended by Return.", result: { ...inputs } } }),
});
