import type { CardOption } from "../../cards/card.ts";
import { type FieldCondition, field, type TypedFields } from "../../cards/field.ts";
import { inGroup, onlyWhen } from "./shape-fields.ts";

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

/** The ways a card may search, by the key of the input each takes. The first one is the default. */
export function searchByOption(ways: { [input: string]: string }): CardOption {
  const choices = Object.entries(ways).map(([value, label]) => ({ value, label }));
  return { label: "Search By", choices, default: choices[0]?.value ?? "" };
}

/** An input that is there for one way to search. */
export function searchedBy(input: string): FieldCondition {
  return { option: "searchBy", is: [input] };
}

/** Outputs of a card that searches: those of one record, and the list; the option says which are there. */
export function resultOutputs<One extends TypedFields, Many extends TypedFields>(one: One, many: Many) {
  return { ...onlyWhen(FIRST, inGroup("Result", one)), ...onlyWhen(ALL, inGroup("Result", many)) };
}

/** How many records a list may have. */
export function recordLimitInput(emptyMeans: string, when?: FieldCondition) {
  return field.number({ label: "Record Limit", group: "List Criteria", emptyMeans, when });
}
