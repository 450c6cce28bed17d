import type { CardOption } from "../../cards/card.ts";
import type { FieldCondition } from "../../cards/field.ts";

/** Whether a card that searches gives one record, with its values as outputs of their own, or a list. */
export const resultSet: CardOption = {
  label: "Result Set",
  choices: [
    { value: "first", label: "First Matching Record" },
    { value: "all", label: "All Matching Records" },
  ],
  default: "first",
};

export const FIRST: FieldCondition = { option: "resultSet", is: ["first"] };
export const ALL: FieldCondition = { option: "resultSet", is: ["all"] };
