import { ActionIcon, Popover, ScrollArea, TextInput, Tooltip } from "@mantine/core";
import { IconBraces, IconChevronRight, IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { typeName } from "#components/canvas/type-name.ts";
import type { Field } from "#lib/cards/field.ts";
import type { Ref } from "#lib/flow/value.ts";
import { useForm } from "./form-context.ts";
import classes from "./mapping-picker.module.css";
import { type MappingRow, mappingRows } from "./mapping-rows.ts";

/** The "Insert field" button of a control, and the list of earlier cards' outputs it opens. */
export function MappingPicker(props: { field: Field; onPick: (ref: Ref) => void; className?: string }) {
  const { sources, readOnly } = useForm();
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  if (!sources || readOnly) return null;
  const label = `Insert field into ${props.field.label}`;
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="left-start"
      width={340}
      shadow="md"
      trapFocus
      // Without a fade: its focus trap would hold on to the focus while the text wants it back.
      transitionProps={{ duration: 0 }}
      closeOnEscape={false}
      withinPortal
    >
      <Popover.Target>
        <Tooltip label="Insert a field of an earlier card" disabled={opened}>
          <ActionIcon
            ref={button}
            variant="subtle"
            color="gray"
            size={24}
            className={props.className}
            aria-label={label}
            aria-expanded={opened}
            onClick={() => setOpened(!opened)}
          >
            <IconBraces size={14} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={label}>
        <MappingList
          field={props.field}
          onPick={(ref) => {
            const place = button.current?.closest("[data-field]")?.getAttribute("data-field");
            flushSync(() => setOpened(false));
            flushSync(() => props.onPick(ref));
            if (place) keepFocusIn(place);
          }}
          onCancel={() => {
            flushSync(() => setOpened(false));
            button.current?.focus();
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

/**
 * A mapping may take the place of the control it was chosen in, and of the button that had the focus: then the focus
 * goes to what stands there now.
 */
function keepFocusIn(field: string): void {
  if (document.activeElement !== null && document.activeElement !== document.body) return;
  const frame = document.querySelector(`[data-field="${CSS.escape(field)}"]`);
  frame?.querySelector<HTMLElement>("textarea, input, button")?.focus();
}

function MappingList(props: { field: Field; onPick: (ref: Ref) => void; onCancel: () => void }) {
  const { field, onPick } = props;
  const { sources = [] } = useForm();
  const [search, setSearch] = useState("");
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  /** Place of the line the keys act on; until a key has moved it, the first that itself matches the search. */
  const [moved, setActive] = useState<number>();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => mappingRows(sources, field, search, open), [sources, field, search, open]);
  const choices = rows.filter((row) => row.kind === "output");
  const active =
    moved ??
    Math.max(
      0,
      choices.findIndex(({ matches }) => matches),
    );
  const current = choices[Math.min(active, choices.length - 1)];

  useEffect(() => {
    list.current?.querySelector("[data-active]")?.scrollIntoView({ block: "nearest" });
  });

  const toggle = (key: string, expanded: boolean) => {
    setOpen((before) => {
      const next = new Set(before);
      if (expanded) next.add(key);
      else next.delete(key);
      return next;
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const last = choices.length - 1;
    const at = Math.min(active, last);
    if (event.key === "ArrowDown") setActive(Math.min(at + 1, last));
    else if (event.key === "ArrowUp") setActive(Math.max(at - 1, 0));
    else if (event.key === "ArrowRight" && current?.expandable) toggle(current.key, true);
    else if (event.key === "ArrowLeft" && current?.expanded) toggle(current.key, false);
    else if (event.key === "Enter" && current) pick(current);
    else if (event.key === "Escape") props.onCancel();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const pick = (row: Extract<MappingRow, { kind: "output" }>) => {
    if (row.conversion?.kind !== "impossible") onPick(row.ref);
  };

  return (
    <>
      <TextInput
        className={classes.search}
        variant="unstyled"
        placeholder="Search fields of earlier cards"
        aria-label="Search fields of earlier cards"
        role="combobox"
        aria-expanded
        aria-haspopup="tree"
        aria-controls={`${id}-tree`}
        aria-activedescendant={current ? `${id}-${current.key}` : undefined}
        leftSection={<IconSearch size={14} aria-hidden="true" />}
        data-autofocus
        value={search}
        onChange={(event) => {
          setSearch(event.target.value);
          setActive(undefined);
        }}
        onKeyDown={onKeyDown}
      />
      <ScrollArea.Autosize mah={340} type="auto" viewportProps={{ tabIndex: -1 }}>
        <div
          role="tree"
          id={`${id}-tree`}
          aria-label="Fields of earlier cards"
          ref={list}
          className={classes.tree}
        >
          {rows.length === 0 ? (
            <div className={classes.none} role="treeitem" aria-disabled tabIndex={-1} aria-selected={false}>
              {sources.length === 0
                ? "No card with outputs comes before this one. Draw a line to it first."
                : "No field has this name."}
            </div>
          ) : null}
          {rows.map((row) =>
            row.kind === "card" ? (
              <div key={row.key} className={classes.card} role="presentation">
                {row.title}
              </div>
            ) : row.kind === "heading" ? (
              <div
                key={row.key}
                className={classes.heading}
                role="presentation"
                style={{ paddingInlineStart: 32 + row.depth * 16 }}
              >
                {row.title}
              </div>
            ) : (
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the search box, which names the active line
              <div
                key={row.key}
                id={`${id}-${row.key}`}
                role="treeitem"
                tabIndex={-1}
                aria-level={row.depth + 1}
                aria-selected={row === current}
                aria-expanded={row.expandable ? row.expanded : undefined}
                aria-disabled={row.conversion?.kind === "impossible" || undefined}
                aria-description={
                  [...row.labels.slice(0, -1), row.conversion?.note].filter(Boolean).join(", ") || undefined
                }
                data-active={row === current || undefined}
                data-refused={row.conversion?.kind === "impossible" || undefined}
                className={classes.row}
                style={{ paddingInlineStart: 10 + row.depth * 16 }}
                title={row.conversion?.note}
                onClick={() => pick(row)}
              >
                {row.expandable ? (
                  // biome-ignore lint/a11y/noStaticElementInteractions: with the keyboard, the right and left arrows do the same
                  <span
                    role="presentation"
                    className={classes.expand}
                    data-open={row.expanded || undefined}
                    onClick={(event) => {
                      event.stopPropagation();
                      toggle(row.key, !row.expanded);
                    }}
                  >
                    <IconChevronRight size={12} />
                  </span>
                ) : (
                  <span className={classes.expand} />
                )}
                <span className={classes.label}>{row.labels.at(-1)}</span>
                <span className={classes.type}>{typeName(row.field)}</span>
              </div>
            ),
          )}
        </div>
      </ScrollArea.Autosize>
    </>
  );
}
