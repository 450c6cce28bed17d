import { ActionIcon, Button, Select } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import type { Exit } from "#lib/cards/card.ts";
import { cardTitle } from "#lib/cards/card-title.ts";
import { ERROR_EXIT, exitsOf } from "#lib/cards/exits.ts";
import type { Catalogue } from "#lib/cards/registry.ts";
import { drawOrder } from "#lib/editor/connect.ts";
import type { Edge, FlowDocument } from "#lib/flow/document.ts";
import classes from "./builder.module.css";
import { useBuilder, useEditorState } from "./builder-context.ts";

/** What runs before and after a card: the lines on the canvas, for the keyboard. */
export function OrderSection({ cardId }: { cardId: string }) {
  const { editor, goTo, readOnly, say } = useBuilder();
  const document = useEditorState((state) => state.document);
  const { catalogue } = editor;
  const titleOf = (id: string) => {
    const node = document.cards[id];
    return node ? cardTitle(node, catalogue.card(node.card)) : id;
  };
  const waysOut = (id: string) => exitsIn(document, catalogue, id);
  const wayOf = ({ from, out }: Edge) => {
    if (out === ERROR_EXIT.id) return ", if it fails";
    const exits = waysOut(from);
    return exits.length > 1 ? ` on ${exits.find((exit) => exit.id === out)?.label ?? out}` : "";
  };
  /** Whether the title alone does not tell which card is meant. */
  const isTwin = (id: string) =>
    Object.keys(document.cards).filter((other) => titleOf(other) === titleOf(id)).length > 1;
  const [adding, setAdding] = useState(false);
  const before = document.edges.filter((edge) => edge.to === cardId);
  const after = document.edges.filter((edge) => edge.from === cardId);
  const candidates = useMemo(
    () =>
      adding
        ? Object.keys(document.cards).flatMap((from) =>
            exitsIn(document, catalogue, from).flatMap((exit) => {
              const edge = { from, out: exit.id, to: cardId };
              return drawOrder(document, catalogue, edge).ok ? [edge] : [];
            }),
          )
        : [],
    [adding, document, catalogue, cardId],
  );
  const isEvent = catalogue.card(document.cards[cardId]?.card ?? "")?.kind === "event";
  const line = (edge: Edge, other: string, text: string) => (
    <div key={`${edge.from}/${edge.out}/${edge.to}`} className={classes.line}>
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        fw={400}
        className={classes.lineText}
        title={text}
        onClick={() => goTo(other)}
      >
        {text}
      </Button>
      {readOnly ? null : (
        <ActionIcon
          size="sm"
          variant="subtle"
          color="gray"
          aria-label={`Remove the line: ${text}`}
          onClick={() => editor.edit({ op: "disconnect", edge })}
        >
          <IconX size={13} aria-hidden="true" />
        </ActionIcon>
      )}
    </div>
  );
  return (
    <section aria-label="Order">
      <h3 className={classes.sectionTitle}>Order</h3>
      {isEvent ? <p className={classes.summary}>Starts the flow.</p> : null}
      {before.map((edge) => line(edge, edge.from, `After ${titleOf(edge.from)}${wayOf(edge)}`))}
      {after.map((edge) => line(edge, edge.to, `Then ${titleOf(edge.to)}${wayOf(edge)}`))}
      {isEvent || readOnly ? null : adding ? (
        <Select
          size="xs"
          mt={4}
          aria-label="Runs after"
          placeholder="Choose the card it runs after"
          searchable
          defaultDropdownOpened
          nothingFoundMessage="No other card can come before this one."
          data={candidates.map((edge) => ({
            value: `${edge.from}/${edge.out}`,
            label: `${titleOf(edge.from)}${wayOf(edge)}${isTwin(edge.from) ? ` (${edge.from})` : ""}`,
          }))}
          value={null}
          onBlur={() => setAdding(false)}
          onChange={(value) => {
            const edge = candidates.find((each) => `${each.from}/${each.out}` === value);
            if (!edge) return;
            const drawn = drawOrder(document, catalogue, edge);
            if (drawn.ok) editor.edit(drawn.operation);
            else say(drawn.message, "refused");
            setAdding(false);
          }}
        />
      ) : (
        <Button
          size="compact-xs"
          variant="default"
          mt={4}
          leftSection={<IconPlus size={12} aria-hidden="true" />}
          onClick={() => setAdding(true)}
        >
          Runs after…
        </Button>
      )}
    </section>
  );
}

function exitsIn(document: FlowDocument, catalogue: Catalogue, id: string): Exit[] {
  const node = document.cards[id];
  const description = catalogue.card(node?.card ?? "");
  return node && description ? exitsOf(description, node) : [];
}
