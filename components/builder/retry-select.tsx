import { Select } from "@mantine/core";
import type { CardDescription } from "#lib/cards/card.ts";
import { effectOf } from "#lib/cards/effect.ts";
import { optionValues } from "#lib/cards/effective-fields.ts";
import type { CardNode } from "#lib/flow/document.ts";

const MOST = 10;

/** How often a failed attempt is tried again. What an unknown outcome may do is the card's own rule, and said here. */
export function RetrySelect(props: {
  description: CardDescription;
  node: CardNode;
  onChange: (retry: number | null) => void;
}) {
  const { description, node, onChange } = props;
  const { effect, repeat } = effectOf(description, optionValues(description, node));
  const rule =
    effect !== "write"
      ? "This card only reads, so trying again is harmless."
      : repeat === "ask"
        ? "When it is unknown whether a write happened, the execution waits for a person."
        : repeat === "check"
          ? "When it is unknown whether the write happened, it is read back first."
          : "Sending this write again has the same result.";
  return (
    <Select
      size="xs"
      label="If it fails"
      description={rule}
      allowDeselect={false}
      data={[
        { value: "", label: "Usual retries" },
        { value: "0", label: "Never try again" },
        ...Array.from({ length: MOST }, (_, index) => ({
          value: String(index + 1),
          label: index === 0 ? "Try once more" : `Try up to ${index + 1} more times`,
        })),
      ]}
      value={node.onError?.retry === undefined ? "" : String(node.onError.retry)}
      onChange={(next) => onChange(next === null || next === "" ? null : Number(next))}
    />
  );
}
