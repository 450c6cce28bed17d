import { ActionIcon, Kbd, TextInput, Tooltip } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand, IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { CardIcon } from "#components/canvas/card-icon.tsx";
import { DRAGGED_CARD } from "#components/canvas/dragged-card.ts";
import type { CardDescription } from "#lib/cards/card.ts";
import classes from "./builder.module.css";
import { useBuilder, useEditorState } from "./builder-context.ts";
import { paletteGroups } from "./palette-groups.ts";
import { PALETTE_SEARCH_ID } from "./use-shortcuts.ts";

/** All cards there are: searched, dragged onto the canvas, or added after the selected card with a click or Enter. */
export function Palette() {
  const { editor, addCard } = useBuilder();
  const { catalogue } = editor;
  const [search, setSearch] = useState("");
  const [closed, setClosed] = useLocalStorage({ key: "flowdeck-palette-closed", defaultValue: false });
  const frame = useRef<HTMLElement>(null);
  const hasEvent = useEditorState((state) =>
    Object.values(state.document.cards).some((node) => catalogue.card(node.card)?.kind === "event"),
  );
  // The groups change places only once the pointer has left: the second click of a double click hit another card.
  const [inside, setInside] = useState(false);
  const [eventsLast, setEventsLast] = useState(hasEvent);
  if (!inside && eventsLast !== hasEvent) setEventsLast(hasEvent);
  const groups = useMemo(() => paletteGroups(catalogue, search, eventsLast), [catalogue, search, eventsLast]);

  const add = (card: CardDescription) => {
    const selected = editor.store.getState().selection.cards.at(-1);
    addCard(card.id, selected ? { after: { card: selected } } : {});
  };
  const items = () => [...(frame.current?.querySelectorAll<HTMLElement>("[data-palette-item]") ?? [])];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const all = items();
    const focused = globalThis.document.activeElement;
    const at = focused instanceof HTMLElement ? all.indexOf(focused) : -1;
    const next = event.key === "ArrowDown" ? at + 1 : at - 1;
    event.preventDefault();
    if (next < 0) globalThis.document.getElementById(PALETTE_SEARCH_ID)?.focus();
    else all[Math.min(next, all.length - 1)]?.focus();
  };

  const close = () => {
    // What is taken out from under the pointer is never left by it.
    setInside(false);
    setClosed(true);
  };

  if (closed) {
    return (
      <aside className={classes.paletteClosed} aria-label="Cards">
        <Toggle label="Open the card palette" onClick={() => setClosed(false)} open={false} />
      </aside>
    );
  }
  return (
    <aside
      className={classes.palette}
      aria-label="Cards"
      ref={frame}
      onKeyDown={onKeyDown}
      onPointerEnter={() => setInside(true)}
      onPointerLeave={() => setInside(false)}
    >
      <div className={classes.paletteSearch}>
        <TextInput
          id={PALETTE_SEARCH_ID}
          flex={1}
          size="xs"
          placeholder="Search cards"
          aria-label="Search cards"
          leftSection={<IconSearch size={14} aria-hidden="true" />}
          rightSection={search === "" ? <Kbd size="xs">/</Kbd> : undefined}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => {
            const first = groups[0]?.cards[0];
            if (event.key === "Enter" && search !== "" && first) {
              add(first);
              setSearch("");
            }
            if (event.key === "Escape") {
              setSearch("");
              event.currentTarget.blur();
            }
          }}
        />
        <Toggle label="Close the card palette" onClick={close} open />
      </div>
      <div className={classes.paletteList}>
        {groups.length === 0 ? (
          <p className={classes.nothing}>No card is called that. Try the name of what it should do.</p>
        ) : null}
        {groups.map((group) => (
          <section key={group.title} className={classes.group} aria-label={group.title}>
            <h2 className={classes.groupTitle}>{group.title}</h2>
            {group.cards.map((card) => (
              <PaletteItem key={card.id} card={card} onAdd={() => add(card)} />
            ))}
          </section>
        ))}
      </div>
    </aside>
  );
}

function PaletteItem({ card, onAdd }: { card: CardDescription; onAdd: () => void }) {
  // A tooltip stayed over the canvas after every drop, which swallows the leaving of the pointer, and after every click.
  const [quiet, setQuiet] = useState(false);
  return (
    <Tooltip label={card.summary} position="right" openDelay={500} w={260} disabled={quiet}>
      <button
        type="button"
        data-palette-item={card.id}
        data-kind={card.kind}
        className={classes.item}
        draggable
        onDragStart={(event) => {
          event.dataTransfer.setData(DRAGGED_CARD, card.id);
          event.dataTransfer.effectAllowed = "copy";
        }}
        onPointerEnter={() => setQuiet(false)}
        onPointerDown={() => setQuiet(true)}
        onClick={(event) => {
          // One card for a double click; the keyboard's clicks count 0.
          if (event.detail <= 1) onAdd();
        }}
      >
        <span className={classes.itemIcon}>
          <CardIcon card={card} size={15} />
        </span>
        <span className={classes.itemTitle}>{card.title}</span>
      </button>
    </Tooltip>
  );
}

function Toggle({ label, onClick, open }: { label: string; onClick: () => void; open: boolean }) {
  return (
    <Tooltip label={label} position="right">
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={onClick}>
        {open ? <IconLayoutSidebarLeftCollapse size={16} /> : <IconLayoutSidebarLeftExpand size={16} />}
      </ActionIcon>
    </Tooltip>
  );
}
