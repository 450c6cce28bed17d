import type { CardOption, OptionValues } from "../../cards/card.ts";
import { type FieldCondition, field, type OutputValues, type TypedFields } from "../../cards/field.ts";
import type { Json, JsonObject } from "../../flow/json.ts";
import { readOutputs } from "./read-outputs.ts";
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

/** The outputs above: from the first of the records found, or from all of them under the key of the list. */
export function readResult<F extends TypedFields>(
  outputs: F,
  { options, records, key, source }: Found,
): OutputValues<F> {
  const first = options.resultSet === "first";
  return readOutputs(outputs, first ? source(records[0] ?? null) : { [key]: records.map(source) });
}

interface Found {
  options: OptionValues;
  records: readonly Json[];
  /** Key of the list among the outputs. */
  key: string;
  source: (record: Json) => Json | JsonObject;
}

/** How many records a list may have. */
export function recordLimitInput(emptyMeans: string, when?: FieldCondition) {
  return field.number({ label: "Record Limit", group: "List Criteria", emptyMeans, when });
}
