import { Popover, ScrollArea, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, useMemo, useState } from "react";
import { CardIcon } from "#components/canvas/card-icon.tsx";
import { searchCards } from "#lib/cards/search-cards.ts";
import type { AddAt } from "#lib/editor/add-card.ts";
import classes from "./builder.module.css";
import { useBuilder } from "./builder-context.ts";

/** Chooses a card for the place where a line was let go, or for the middle of a line. */
export function QuickAdd(props: { where: AddAt; screen: { x: number; y: number }; onClose: () => void }) {
  const { editor, addCard } = useBuilder();
  const [search, setSearch] = useState("");
  const [active, setActive] = useState(0);
  const { screen, where, onClose } = props;
  const cards = useMemo(
    () =>
      searchCards(editor.catalogue, search).filter((card) => card.kind !== "event" && card.kind !== "note"),
    [editor.catalogue, search],
  );
  const current = Math.min(active, cards.length - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const card = cards[current];
    if (event.key === "ArrowDown") setActive(Math.min(current + 1, cards.length - 1));
    else if (event.key === "ArrowUp") setActive(Math.max(current - 1, 0));
    else if (event.key === "Enter" && card) addCard(card.id, where);
    else return;
    event.preventDefault();
  };
  return (
    <Popover opened onChange={onClose} position="bottom-start" width={280} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <span style={{ position: "fixed", left: screen.x, top: screen.y, width: 1, height: 1 }} />
      </Popover.Target>
      <Popover.Dropdown p={6} aria-label="Add a card here">
        <TextInput
          size="xs"
          mb={6}
          data-autofocus
          placeholder="Search cards"
          aria-label="Search cards to add here"
          leftSection={<IconSearch size={14} aria-hidden="true" />}
          value={search}
          onChange={(event) => {
            setSearch(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
        <ScrollArea.Autosize mah={300} type="auto" viewportProps={{ tabIndex: -1 }}>
          {cards.map((card, index) => (
            <button
              key={card.id}
              type="button"
              className={classes.item}
              data-kind={card.kind}
              data-active={index === current || undefined}
              title={card.summary}
              onClick={() => addCard(card.id, where)}
            >
              <span className={classes.itemIcon}>
                <CardIcon card={card} size={15} />
              </span>
              <span className={classes.itemTitle}>{card.title}</span>
            </button>
          ))}
          {cards.length === 0 ? <p className={classes.nothing}>No card is called that.</p> : null}
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  );
}
