import { Select } from "@mantine/core";
import { useState } from "react";
import type { CardOption } from "#lib/cards/card.ts";
import { isOptionValue } from "#lib/cards/option-value.ts";

const SEARCH_FROM = 8;

/** A setting that shapes a card's fields. It always has a value: its default where nothing else was chosen. */
export function OptionControl(props: {
  option: CardOption;
  value: string;
  readOnly: boolean;
  onChange: (value: string) => void;
}) {
  const { option, value, readOnly, onChange } = props;
  const [search, setSearch] = useState("");
  const choices = option.choices ?? [];
  const typed = search.trim();
  const others = [value, ...(option.typed && isOptionValue(option, typed) ? [typed] : [])];
  const missing = [...new Set(others)].filter((one) => !choices.some((choice) => choice.value === one));
  const means = option.typed ? ` (${option.typed.means})` : "";
  return (
    <Select
      label={option.label}
      description={option.help}
      size="xs"
      data={[...missing.map((one) => ({ value: one, label: `${one}${means}` })), ...choices]}
      searchable={choices.length >= SEARCH_FROM}
      searchValue={search}
      onSearchChange={setSearch}
      nothingFoundMessage={option.typed?.hint}
      // Lists as long as Okta's 264 event types are searched, not scrolled.
      limit={choices.length > 100 ? 100 : undefined}
      allowDeselect={false}
      readOnly={readOnly}
      value={value}
      onChange={(next) => {
        if (next !== null) onChange(next);
      }}
    />
  );
}
