import { TextInput, type TextInputProps } from "@mantine/core";

/** The whole numbers a field takes. */
export interface WholeNumbers {
  min: number;
  max: number;
  /** Whether the field may be left empty. */
  optional?: boolean;
}

/**
 * A whole number as it is typed. A field that mends what is typed made 5 of "-5", 19 of "abc1e9" and "no limit" of
 * twenty digits, silently: this one keeps every letter and says what it does not take.
 */
export function WholeNumberInput({
  typed,
  onType,
  takes,
  ...rest
}: Omit<TextInputProps, "value" | "onChange"> & {
  typed: string;
  onType: (typed: string) => void;
  takes: WholeNumbers;
}) {
  const problem = readWholeNumber(typed, takes).problem;
  return (
    <TextInput
      inputMode="numeric"
      autoComplete="off"
      {...rest}
      error={problem}
      value={typed}
      onChange={(event) => onType(event.currentTarget.value)}
    />
  );
}

/** What typed text means: the number, nothing where the field may be empty and is, or what is wrong with it. */
export function readWholeNumber(typed: string, takes: WholeNumbers): { value?: number; problem?: string } {
  const text = typed.trim();
  if (text === "" && takes.optional) return {};
  // Thousands may be set apart, as the limits are shown here.
  const value = Number(text.replaceAll(/[ ,]/g, ""));
  if (/^(?:\d+|\d{1,3}(?:[ ,]\d{3})+)$/.test(text) && value >= takes.min && value <= takes.max)
    return { value };
  const range = `from ${takes.min.toLocaleString("en")} to ${takes.max.toLocaleString("en")}`;
  return { problem: `A whole number ${range}${takes.optional ? ", or nothing" : ""}.` };
}
