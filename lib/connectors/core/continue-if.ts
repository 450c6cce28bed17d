import { NEXT } from "../../cards/card.ts";
import { defineControl } from "../../cards/define.ts";
import { field } from "../../cards/field.ts";
import { compare, describeComparison } from "./compare.ts";
import { COMPARISON_HELP, comparisonInputs, comparisonOf, comparisonOptions } from "./comparison-fields.ts";

export const continueIf = defineControl({
  id: "core.continueIf",
  version: 1,
  title: "Continue If",
  summary: "Goes on only when a comparison is true, and otherwise ends the flow.",
  help: `Ending here is no failure: the execution succeeds and shows the reason.\n\n${COMPARISON_HELP}`,
  category: "Logic",
  keywords: ["stop", "filter", "only if", "condition", "guard"],
  options: comparisonOptions,
  inputs: {
    ...comparisonInputs,
    message: field.text({ label: "Message", help: "Shown in the execution when the flow ends here." }),
  },
  outputs: { result: field.boolean({ label: "Result" }) },
  exits: [NEXT],
  sample: {
    inputs: { left: "Engineering", right: "Engineering", message: "Only engineers get this access." },
    outputs: { result: true },
  },
  decide: ({ inputs, options }) => {
    const comparison = comparisonOf(inputs, options);
    const result = compare(comparison);
    if (result) return { outputs: { result }, exit: NEXT.id };
    const reason = `Ended by Continue If: not true that ${describeComparison(comparison)}.`;
    return { outputs: { result }, end: { reason: inputs.message ? `${reason} ${inputs.message}` : reason } };
  },
});
