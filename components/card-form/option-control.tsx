import { Select } from "@mantine/core";
import type { CardOption } from "#lib/cards/card.ts";

const SEARCH_FROM = 8;

/** A setting that shapes a card's fields. It always has a value: its default where nothing else was chosen. */
export function OptionControl(props: {
  option: CardOption;
  value: string;
  readOnly: boolean;
  onChange: (value: string) => void;
}) {
  const { option, value, readOnly, onChange } = props;
  const choices = option.choices ?? [];
  const known = choices.some((choice) => choice.value === value);
  return (
    <Select
      label={option.label}
      description={option.help}
      size="xs"
      data={known ? choices : [...choices, { value, label: value }]}
      searchable={choices.length >= SEARCH_FROM}
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
