"use client";

import { Select } from "@mantine/core";
import type { InputChoice } from "./input-choices.ts";

/** The input people go to, where a card has several that could take them. */
export function PersonInput(props: {
  choices: readonly InputChoice[];
  value: InputChoice | null;
  onChange: (choice: InputChoice | null) => void;
}) {
  const { choices, value, onChange } = props;
  const keyOf = ({ path }: InputChoice) => path.join("/");
  return (
    <Select
      size="xs"
      label="Each person goes to"
      data={choices.map((choice) => ({ value: keyOf(choice), label: choice.label }))}
      value={value ? keyOf(value) : null}
      allowDeselect={false}
      onChange={(key) => onChange(choices.find((choice) => keyOf(choice) === key) ?? null)}
    />
  );
}
