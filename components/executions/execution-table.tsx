"use client";

import { Button, VisuallyHidden } from "@mantine/core";
import { IconArrowUp } from "@tabler/icons-react";
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from "react";
import type { ExecutionSummary } from "#lib/api/executions.ts";
import type { Catalogue } from "#lib/cards/registry.ts";
import { eventTypeName } from "./event-type-name.ts";
import { COLUMNS, ExecutionRow } from "./execution-row.tsx";
import classes from "./execution-table.module.css";
import { notePlace, placeIn } from "./list-place.ts";

/** As the stylesheet has them. */
const ROW_HEIGHT = 56;
const HEAD_HEIGHT = 36;
/** Within this many pixels of the top, new rows may come in above. */
const AT_TOP = ROW_HEIGHT / 2;
const LOAD_AHEAD = 30;

interface TableProps {
  /** The filters as they are in the address: names the list. */
  name: string;
  items: readonly ExecutionSummary[];
  catalogue: Catalogue | undefined;
  hasMore: boolean;
  loadingMore: boolean;
  loadMore: () => void;
  /** Executions that came while the list is scrolled down. */
  unseen: { count: number; more: boolean };
  showNewest: () => void;
  /** Rows in sight, and whether the list is at its top. */
  onView: (view: { first: number; last: number; atTop: boolean }) => void;
}

/** The rows of the list; only those in sight exist, so that 100,000 scroll like ten. */
export function ExecutionTable(props: TableProps) {
  const { name, items, catalogue, hasMore, loadingMore, loadMore, unseen, showNewest, onView } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const [initialOffset] = useState(() => placeIn(name));
  const virtualizer = useVirtualizer({
    initialOffset,
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => items[index]?.id ?? index,
    overscan: 12,
    // The head stands above the rows in the same box and stays in sight.
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
    // The row with the focus stays, however far the list is scrolled: a removed element loses the focus.
    rangeExtractor: useCallback(
      (range: Parameters<typeof defaultRangeExtractor>[0]) => {
        const rows = defaultRangeExtractor(range);
        return rows.includes(active) || active >= range.count
          ? rows
          : [...rows, active].sort((a, b) => a - b);
      },
      [active],
    ),
  });
  const { startIndex: first = 0, endIndex: last = 0 } = virtualizer.range ?? {};
  const top = virtualizer.scrollOffset ?? 0;
  const atTop = top <= AT_TOP;
  useEffect(() => notePlace(name, top), [name, top]);
  useEffect(() => onView({ first, last, atTop }), [onView, first, last, atTop]);
  useEffect(() => {
    if (hasMore && !loadingMore && last >= items.length - LOAD_AHEAD) loadMore();
  }, [hasMore, loadingMore, last, items.length, loadMore]);

  const goTo = (row: number) => {
    const next = Math.max(0, Math.min(items.length - 1, row));
    setActive(next);
    virtualizer.scrollToIndex(next, { align: "auto" });
    requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus({ preventScroll: true });
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof Element) || !event.currentTarget.contains(event.target)) return;
    const page = Math.max(1, last - first - 1);
    const steps: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: items.length - 1,
    };
    const row = steps[event.key];
    if (row === undefined || event.altKey || event.metaKey) return;
    event.preventDefault();
    goTo(row);
  };
  const toTop = () => {
    showNewest();
    scroller.current?.scrollTo({ top: 0 });
    setActive(0);
  };

  return (
    <div className={classes.frame}>
      {unseen.count > 0 && !atTop ? (
        <Button
          className={classes.unseen}
          size="xs"
          radius="xl"
          leftSection={<IconArrowUp size={14} />}
          onClick={toTop}
        >
          {unseen.count}
          {unseen.more ? "+" : ""} new
        </Button>
      ) : null}
      <div ref={scroller} className={classes.scroller}>
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: arrows move between rows, which tells a grid from a table
          role="grid"
          className={classes.table}
          aria-label="Executions"
          aria-rowcount={hasMore ? -1 : items.length + 1}
          aria-colcount={COLUMNS.length + 1}
          onKeyDown={onKeyDown}
        >
          <thead>
            <tr aria-rowindex={1} className={classes.head}>
              {COLUMNS.map(({ title, width }) => (
                <th
                  key={title}
                  scope="col"
                  data-wide={width === "wide" || undefined}
                  data-roomy={width === "roomy" || undefined}
                >
                  {title}
                </th>
              ))}
              <th scope="col">
                <VisuallyHidden>Action</VisuallyHidden>
              </th>
            </tr>
          </thead>
          <tbody className={classes.rows} style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map(({ key, index, start }) => {
              const execution = items[index];
              if (!execution) return null;
              return (
                <ExecutionRow
                  key={key}
                  execution={execution}
                  eventName={execution.eventType ? eventTypeName(execution.eventType, catalogue) : ""}
                  index={index}
                  top={start - HEAD_HEIGHT}
                  active={index === active}
                  onActivate={setActive}
                />
              );
            })}
          </tbody>
        </table>
        {loadingMore ? (
          <div className={classes.more} role="status">
            Loading older executions …
          </div>
        ) : null}
      </div>
    </div>
  );
}
