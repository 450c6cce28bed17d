"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, type ReactNode, useEffect, useRef } from "react";
import classes from "./sandbox.module.css";

const HEAD_HEIGHT = 36;
const LOAD_AHEAD = 20;
/** Within this many pixels of the top, rows may come in above. */
const AT_TOP = 30;

export interface Column {
  title: string;
  /** As in grid-template-columns. */
  width: string;
}

interface TableProps<Row> {
  /** Names the table. */
  label: string;
  columns: readonly Column[];
  rows: readonly Row[];
  keyOf: (row: Row) => string | number;
  /** One per column. */
  cells: (row: Row) => ReactNode[];
  /** Pixels of a usual row; rows that wrap grow. */
  rowHeight?: number;
  /** Called when the end comes into sight. */
  onEnd?: () => void;
  /** Called with whether the list is at its top. */
  onTop?: (atTop: boolean) => void;
}

/** A table of any length: only the rows in sight exist. */
export function VirtualTable<Row>(props: TableProps<Row>) {
  const { label, columns, rows, keyOf, cells, rowHeight = 48, onEnd, onTop } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : keyOf(row);
    },
    overscan: 10,
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
  });
  const last = virtualizer.range?.endIndex ?? 0;
  const atTop = (virtualizer.scrollOffset ?? 0) <= AT_TOP;
  useEffect(() => onTop?.(atTop), [onTop, atTop]);
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - LOAD_AHEAD) onEnd?.();
  }, [last, rows.length, onEnd]);
  const template: CSSProperties = { gridTemplateColumns: columns.map(({ width }) => width).join(" ") };
  return (
    <section
      ref={scroller}
      className={classes.scroller}
      aria-label={`${label}, scrolling list`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
      tabIndex={0}
    >
      <table className={classes.table} aria-label={label} aria-rowcount={rows.length + 1}>
        <thead>
          <tr className={classes.head} style={template} aria-rowindex={1}>
            {columns.map(({ title }) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className={classes.rows} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ key, index, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <tr
                key={key}
                ref={virtualizer.measureElement}
                data-index={index}
                aria-rowindex={index + 2}
                className={classes.row}
                style={{ ...template, transform: `translateY(${start - HEAD_HEIGHT}px)` }}
              >
                {cells(row).map((cell, at) => (
                  <td key={columns[at]?.title}>{cell}</td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
