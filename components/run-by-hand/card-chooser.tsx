"use client";

import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { CardIcon } from "#components/canvas/card-icon.tsx";
import type { CardDescription } from "#lib/cards/card.ts";
import type { Catalogue } from "#lib/cards/registry.ts";
import { searchCards } from "#lib/cards/search-cards.ts";
import classes from "./run-by-hand.module.css";

/** Chooses the action card to run, with the palette's search. Arrows move, Enter chooses. */
export function CardChooser(props: { catalogue: Catalogue; onChoose: (card: CardDescription) => void }) {
  const { catalogue, onChoose } = props;
  const [search, setSearch] = useState("");
  const list = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const cards = useMemo(
    () => searchCards(catalogue, search).filter((card) => card.kind === "action"),
    [catalogue, search],
  );
  const current = Math.min(active, cards.length - 1);
  const move = (to: number) => {
    const next = Math.max(0, Math.min(to, cards.length - 1));
    setActive(next);
    list.current?.children[next]?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const card = cards[current];
    if (event.key === "ArrowDown") move(current + 1);
    else if (event.key === "ArrowUp") move(current - 1);
    else if (event.key === "Enter" && card) onChoose(card);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <TextInput
        placeholder="Search actions"
        aria-label="Search actions"
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} className={classes.cards}>
        {cards.map((card, index) => (
          <button
            key={card.id}
            type="button"
            className={classes.card}
            title={card.summary}
            data-active={(search !== "" && index === current) || undefined}
            onClick={() => onChoose(card)}
          >
            <span className={classes.cardIcon}>
              <CardIcon card={card} size={15} />
            </span>
            <span className={classes.cardTitle}>{card.title}</span>
            <span className={classes.category}>{card.category}</span>
          </button>
        ))}
      </div>
      {cards.length === 0 ? <p className={classes.soft}>No action is called that.</p> : null}
    </>
  );
}
