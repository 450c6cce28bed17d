import type { CardOption } from "../../cards/card.ts";
import { type FieldCondition, field, type TypedFields } from "../../cards/field.ts";
import { inGroup, onlyWhen } from "./shape-fields.ts";

const ONE = "first";
const WHOLE = "all";
const ONE_PAGE = "firstPage";

/** Whether a card that searches gives one record, with its values as outputs of their own, or a list. */
export const resultSet: CardOption = {
  label: "Result Set",
  choices: [
    { value: ONE, label: "First Matching Record" },
    { value: WHOLE, label: "All Matching Records" },
    { value: ONE_PAGE, label: "First 200 Matching Records" },
  ],
  default: ONE,
};

/** How much of a list a card gives that always gives one. */
export function listResultSet(firstPage: number): CardOption {
  return {
    label: "Result Set",
    choices: [
      { value: WHOLE, label: "All Records" },
      { value: ONE_PAGE, label: `First ${firstPage} Records` },
    ],
    default: WHOLE,
  };
}

export const FIRST: FieldCondition = { option: "resultSet", is: [ONE] };
/** Where a list is given that a Record Limit may end. */
export const ALL: FieldCondition = { option: "resultSet", is: [WHOLE] };
const LISTED: FieldCondition = { option: "resultSet", is: [WHOLE, ONE_PAGE] };

/** Whether only the first so many records are asked for. */
export function wantsFirstPage(options: Record<string, string>): boolean {
  return options.resultSet === ONE_PAGE;
}

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
  const list = { ...inGroup("Result", many), ...rawRecords };
  return { ...onlyWhen(FIRST, inGroup("Result", one)), ...onlyWhen(LISTED, list) };
}

/** Under which output a list gives its records as they came. */
export const RAW_RECORDS = "rawRecords";

/** The raw body of a list. Only where it is read: beside the records themselves it takes as much again. */
export const rawRecords = {
  [RAW_RECORDS]: field.anyList({
    label: "Raw Body",
    group: "Response",
    secretKeys: true,
    help: "The records exactly as Okta answered them. Only there where a card after this one uses it.",
  }),
};

/** How many records a list may have. */
export const recordLimitInput = field.number({
  label: "Record Limit",
  group: "List Criteria",
  emptyMeans: "All of them",
  help: "At most 1,000,000. A list that is larger than a step may hold (10 MB) fails the card.",
  when: ALL,
});
