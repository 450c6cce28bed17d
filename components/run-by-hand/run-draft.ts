import { type BulkRequest, MAX_BULK_ROWS } from "#lib/api/bulk.ts";
import type { CsvRecord } from "#lib/api/read-csv.ts";
import type { Json } from "#lib/flow/json.ts";
import type { Value } from "#lib/flow/value.ts";
import type { InputChoice } from "./input-choices.ts";

/** Somebody a card is run for. */
export interface Person {
  id: string;
  name: string;
  login: string;
  status: string;
}

/** What the rows of a run come from. */
export type SourceKind = "once" | "people" | "search" | "list";

/** A pasted list as it was read. */
export interface PastedList {
  text: string;
  records: CsvRecord[];
  /** Whether the first line holds the names of the columns. */
  header: boolean;
  /** Whether somebody said so, or it was guessed from the first line. */
  headerSaid?: boolean;
  /** The input each column was chosen to go to; undefined while the default holds. */
  chosen: Record<number, InputChoice | null>;
}

export interface RunDraft {
  card: string;
  connection: string | undefined;
  options: Record<string, Json>;
  inputs: Record<string, Value>;
  source: SourceKind;
  picked: readonly Person[];
  found: readonly Person[];
  /** The input people were chosen to go to; null while the default holds. */
  personTo: InputChoice | null;
  list: PastedList;
}

export const EMPTY_LIST: PastedList = { text: "", records: [], header: true, chosen: {} };

export const NOTHING_CHOSEN: RunDraft = {
  card: "",
  connection: undefined,
  options: {},
  inputs: {},
  source: "once",
  picked: [],
  found: [],
  personTo: null,
  list: EMPTY_LIST,
};

/** How many columns the longest line of a list has. */
export function columnCount({ records }: PastedList): number {
  return records.reduce((most, { cells }) => Math.max(most, cells.length), 0);
}

/** What the columns of a list are called. */
export function columnNames(list: PastedList): string[] {
  const first = list.header ? (list.records[0]?.cells ?? []) : [];
  return Array.from({ length: columnCount(list) }, (_, at) => first[at]?.trim() || `Column ${at + 1}`);
}

/** Whether the first line looks like names of columns: names are no addresses, ids or numbers. */
export function looksLikeHeader(records: readonly CsvRecord[]): boolean {
  return !(records[0]?.cells ?? []).some((cell) =>
    /@|^00[a-z][A-Za-z0-9]{10,}$|^[\d\s+()-]+$/.test(cell.trim()),
  );
}

/** The lines of a list that are rows. */
export function dataRecords({ records, header }: PastedList): CsvRecord[] {
  return header ? records.slice(1) : records;
}

/**
 * The request a draft stands for; undefined while it has no rows, or more than a run takes.
 *
 * @param columns the input each column goes to: one for people, those of the list, none for running once
 */
export function requestOf(
  draft: RunDraft,
  columns: readonly (InputChoice | null)[],
): BulkRequest | undefined {
  const rows = rowsOf(draft);
  if (rows.length === 0 || rows.length > MAX_BULK_ROWS) return undefined;
  const { card, connection, options, inputs } = draft;
  return { card, connection, options, inputs, rows, columns: columns.map((choice) => choice?.path ?? null) };
}

function rowsOf({ source, picked, found, list }: RunDraft): BulkRequest["rows"] {
  switch (source) {
    case "once":
      return [{ cells: [], label: "Once" }];
    case "people":
    case "search":
      return (source === "people" ? picked : found).map(({ id, name, login }) => ({
        cells: [id],
        label: name === login ? login : `${name} (${login})`,
      }));
    case "list":
      return dataRecords(list).map(({ line, cells }) => ({ cells, line }));
  }
}
