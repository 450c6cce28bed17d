import { defineControl } from "../../cards/define.ts";
import { field } from "../../cards/field.ts";
import { compare } from "./compare.ts";
import { COMPARISON_HELP, comparisonInputs, comparisonOf, comparisonOptions } from "./comparison-fields.ts";

export const ifElse = defineControl({
  id: "core.if",
  version: 1,
  title: "If/Else",
  summary: "Goes one way when a comparison is true and another when it is not.",
  help: COMPARISON_HELP,
  category: "Logic",
  keywords: ["condition", "branch", "compare", "when", "choose", "filter"],
  options: comparisonOptions,
  inputs: comparisonInputs,
  outputs: { result: field.boolean({ label: "Result" }) },
  exits: [
    { id: "true", label: "True" },
    { id: "false", label: "False" },
  ],
  sample: { inputs: { left: "Engineering", right: "engineering" }, outputs: { result: true } },
  decide: ({ inputs, options }) => {
    const result = compare(comparisonOf(inputs, options));
    return { outputs: { result }, exit: result ? "true" : "false" };
  },
});
