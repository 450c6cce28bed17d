"use client";

import { Anchor, VisuallyHidden } from "@mantine/core";
import { useQueries } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import Link from "next/link";
import { useRef } from "react";
import { useCatalogue } from "#components/executions/use-catalogue.ts";
import { messageOf } from "#components/feedback/error-state.tsx";
import { type BulkResult, type BulkRowStatus, type BulkRun, listBulkRows } from "#lib/api/bulk.ts";
import { call, queryKey } from "#lib/api/client.ts";
import type { Fields } from "#lib/cards/field.ts";
import { resultWords } from "./result-words.ts";
import classes from "./run-by-hand.module.css";
import { isUnderWay, RowStatusTag } from "./run-status.tsx";

/** As the stylesheet has it. */
const ROW_HEIGHT = 40;
const PER_PAGE = 100;
const POLL_MS = 1_500;
const NO_FIELDS: Fields = {};

/** What became of each row. Only rows in sight exist and only their pages are asked for, so 10,000 scroll like ten. */
export function ResultTable(props: { run: BulkRun; status: BulkRowStatus | undefined; count: number }) {
  const { run, status, count } = props;
  const catalogue = useCatalogue();
  const fields = (run.card && catalogue?.card(run.card)?.outputs) || NO_FIELDS;
  const scroller = useRef<HTMLElement>(null);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
  });
  const rows = virtualizer.getVirtualItems();
  const first = Math.floor((rows[0]?.index ?? 0) / PER_PAGE);
  const last = Math.floor((rows.at(-1)?.index ?? 0) / PER_PAGE);
  const pages = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  const underWay = isUnderWay(run);
  const loaded = useQueries({
    queries: pages.map((page) => {
      const input = { params: { id: run.id }, query: { offset: page * PER_PAGE, limit: PER_PAGE, status } };
      return {
        // With the end of the run its rows are asked for once more.
        queryKey: [...queryKey(listBulkRows, input), underWay],
        queryFn: ({ signal }: { signal: AbortSignal }) => call(listBulkRows, { ...input, signal }),
        refetchInterval: underWay ? POLL_MS : (false as const),
        placeholderData: (before: { items: BulkResult[] } | undefined) => before,
      };
    }),
  });
  const problem = loaded.find(({ error, data }) => error && !data)?.error;
  const rowAt = (index: number) =>
    loaded[Math.floor(index / PER_PAGE) - first]?.data?.items[index % PER_PAGE];
  return (
    <section
      ref={scroller}
      className={classes.results}
      aria-label="Rows"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
    >
      <table className={classes.table} aria-label="Results" aria-rowcount={count + 1}>
        <thead>
          <tr className={classes.head} aria-rowindex={1}>
            <th scope="col">Row</th>
            <th scope="col">Label</th>
            <th scope="col">Status</th>
            <th scope="col">Result</th>
            <th scope="col">
              <VisuallyHidden>Execution</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody className={classes.body} style={{ height: virtualizer.getTotalSize() }}>
          {rows.map(({ index, key, start }) => (
            <Row key={key} index={index} top={start} row={rowAt(index)} fields={fields} />
          ))}
        </tbody>
      </table>
      {problem ? <p role="alert">Some rows could not be loaded: {messageOf(problem)}</p> : null}
    </section>
  );
}

function Row(props: { index: number; top: number; row: BulkResult | undefined; fields: Fields }) {
  const { index, top, row, fields } = props;
  const words = row ? resultWords(row, fields) : "";
  return (
    <tr className={classes.row} aria-rowindex={index + 2} style={{ transform: `translateY(${top}px)` }}>
      {row ? (
        <>
          <td>{row.position}</td>
          <td title={row.label}>{row.label}</td>
          <td>
            <RowStatusTag status={row.status} />
          </td>
          <td title={words} data-problem={row.status === "failed" || undefined}>
            {words}
          </td>
          <td>
            {row.executionId && row.status !== "gone" ? (
              <Anchor
                component={Link}
                href={`/executions/${row.executionId}`}
                inherit
                aria-label={`Open the execution of ${row.label}`}
              >
                Open
              </Anchor>
            ) : null}
          </td>
        </>
      ) : (
        <td colSpan={5}>…</td>
      )}
    </tr>
  );
}
