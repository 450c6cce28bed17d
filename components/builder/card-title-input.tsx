import { TextInput } from "@mantine/core";
import type { CardDescription } from "#lib/cards/card.ts";
import type { CardNode } from "#lib/flow/document.ts";
import { useBuilder } from "./builder-context.ts";

/** The admin's own name for a card; the catalogue's title is the placeholder. */
export function CardTitleInput(props: {
  cardId: string;
  node: CardNode;
  description: CardDescription | undefined;
}) {
  const { editor, readOnly } = useBuilder();
  const { cardId, node, description } = props;
  return (
    <TextInput
      flex={1}
      size="sm"
      variant="unstyled"
      aria-label="Card title"
      maxLength={200}
      readOnly={readOnly}
      placeholder={description?.title ?? node.card}
      styles={{ input: { fontWeight: 600, height: 30, minHeight: 30 } }}
      value={node.title ?? description?.title ?? node.card}
      onChange={(event) => {
        const title = event.target.value;
        editor.edit(
          { op: "setTitle", id: cardId, title: title === description?.title ? null : title },
          { join: `${cardId} title` },
        );
      }}
    />
  );
}
