import type { CardOption, OptionValues } from "../../cards/card.ts";
import { field } from "../../cards/field.ts";
import type { Json } from "../../flow/json.ts";
import { BINARY_OPERATORS, type Comparison, OPERATORS, operatorOf } from "./compare.ts";

/** Options of the cards that compare two values. */
export const comparisonOptions: Record<string, CardOption> = {
  operator: { label: "Comparison", choices: [...OPERATORS], default: "equals" },
  caseSensitive: {
    label: "Upper and lower case",
    help: "Concerns text only.",
    choices: [
      { value: "ignore", label: "Make no difference" },
      { value: "exact", label: "Make a difference" },
    ],
    default: "ignore",
  },
};

/** Inputs of the cards that compare two values. The second is there only where the comparison needs one. */
export const comparisonInputs = {
  left: field.any({
    label: "Value",
    warnEmpty: "Value is empty, so every event takes the same way. Map what is to be compared.",
  }),
  right: field.any({ label: "Compare with", when: { option: "operator", is: [...BINARY_OPERATORS] } }),
};

/** The rules of `compare`, in the words of the help. */
export const COMPARISON_HELP = `- A number equals text that reads as the same number. Two texts compare as text: the employee numbers 007 and 7 differ.
- Greater and less work on numbers, on dates and times (ISO 8601; a date alone is midnight UTC) and on text. A number and a text that is none have no order: the card fails.
- Empty equals only empty, and is neither greater nor less than anything.
- *contains* looks for an item in a list, or for a part of a text. *is in list* takes a list, or text with commas.
- *is true* and *is false* also understand the words yes, no, 1 and 0.`;

/** The comparison a card with these inputs and options makes. */
export function comparisonOf(inputs: { left?: Json; right?: Json }, options: OptionValues): Comparison {
  return {
    left: inputs.left,
    right: inputs.right,
    operator: operatorOf(options.operator),
    caseSensitive: options.caseSensitive === "exact",
  };
}
