/** A record of a list, with the line of the text it begins in (from 1). */
export interface CsvRecord {
  line: number;
  cells: string[];
}

/** Why a text is no list. The message names the line. */
export class CsvError extends Error {
  override name = "CsvError";
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/** What may stand between the cells of a record. Spreadsheets put tabs on the clipboard; in much of Europe they save ";". */
export type Delimiter = "," | ";" | "\t";
/** The rarest in texts first: of two that are as frequent, a tab is surely no part of a cell. */
const DELIMITERS: readonly Delimiter[] = ["\t", ";", ","];

/**
 * Reads a pasted list or the text of a CSV file by RFC 4180: cells in quotes may hold delimiters, line breaks and doubled
 * quotes; lines end with CRLF, LF or CR. A byte order mark is skipped and so are lines with nothing in them.
 *
 * @throws CsvError for a quote that is never closed and for text behind a closing quote
 */
export function readCsv(text: string, delimiter: Delimiter = delimiterOf(text)): CsvRecord[] {
  const source = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const records: CsvRecord[] = [];
  let at = 0;
  let line = 1;
  while (at < source.length) {
    const record: CsvRecord = { line, cells: [] };
    for (;;) {
      const cell = source[at] === '"' ? quoted(source, at, line) : plain(source, at, delimiter);
      record.cells.push(cell.text);
      line += cell.lines;
      at = cell.end;
      if (source[at] !== delimiter) break;
      at += 1;
    }
    const ending = lineBreakAt(source, at);
    if (ending === 0 && at < source.length) {
      throw new CsvError(
        `Line ${line}: text follows a closing quote. Double the quotes inside the cell, or leave them out.`,
        line,
      );
    }
    at += ending;
    line += 1;
    if (record.cells.some((cell) => cell.trim() !== "")) records.push(record);
  }
  return records;
}

/** The delimiter the first line uses most; a comma where it has none. */
export function delimiterOf(text: string): Delimiter {
  const first = /^\uFEFF?\s*(.*)/.exec(text)?.[1] ?? "";
  const bare = first.replace(/"(?:[^"]|"")*"/g, "");
  const counted = DELIMITERS.map((delimiter) => ({ delimiter, count: bare.split(delimiter).length - 1 }));
  const most = counted.reduce((best, next) => (next.count > best.count ? next : best));
  return most.count > 0 ? most.delimiter : ",";
}

interface Cell {
  text: string;
  end: number;
  /** Line breaks inside. */
  lines: number;
}

function plain(source: string, start: number, delimiter: Delimiter): Cell {
  let end = start;
  while (end < source.length && source[end] !== delimiter && lineBreakAt(source, end) === 0) end += 1;
  return { text: source.slice(start, end).trim(), end, lines: 0 };
}

function quoted(source: string, start: number, line: number): Cell {
  let text = "";
  let from = start + 1;
  for (;;) {
    const quote = source.indexOf('"', from);
    if (quote < 0) {
      throw new CsvError(
        `Line ${line}: a quote is opened and never closed. Close it, or leave it out.`,
        line,
      );
    }
    text += source.slice(from, quote);
    if (source[quote + 1] !== '"') {
      return { text, end: quote + 1, lines: text.match(/\r\n|\r|\n/g)?.length ?? 0 };
    }
    text += '"';
    from = quote + 2;
  }
}

/** Characters the line break here takes; 0 where there is none. */
function lineBreakAt(source: string, at: number): number {
  if (source[at] === "\n") return 1;
  if (source[at] !== "\r") return 0;
  return source[at + 1] === "\n" ? 2 : 1;
}
