import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CsvError, delimiterOf, readCsv } from "./read-csv.ts";
import { writeCsv } from "./write-csv.ts";

const cells = (text: string) => readCsv(text).map((record) => record.cells);

describe("readCsv", () => {
  it("reads quotes, delimiters, quotes and line breaks inside them", () => {
    expect(cells('login,note\r\nann@x.com,"Lee, ""Ann""\nsecond line"\r\n')).toEqual([
      ["login", "note"],
      ["ann@x.com", 'Lee, "Ann"\nsecond line'],
    ]);
  });

  it("counts lines as an editor does, across quoted line breaks and empty lines", () => {
    const records = readCsv('a\r\n\r\n"b\nb"\rc\n\n  \nd');
    expect(records.map(({ line }) => line)).toEqual([1, 3, 5, 8]);
  });

  it("skips a byte order mark and takes a last line without an end", () => {
    expect(cells("\uFEFFlogin\nann@x.com")).toEqual([["login"], ["ann@x.com"]]);
    expect(cells('\uFEFF"login"\n')).toEqual([["login"]]);
  });

  it("keeps empty cells, also the last of a line", () => {
    expect(cells("a,,b,\n")).toEqual([["a", "", "b", ""]]);
    expect(cells('a,""\n')).toEqual([["a", ""]]);
  });

  it("takes tabs from a spreadsheet and semicolons from a European one", () => {
    expect(cells("a\tb, c\n1\t2")).toEqual([
      ["a", "b, c"],
      ["1", "2"],
    ]);
    expect(cells('"x,y";b\n1;2')).toEqual([
      ["x,y", "b"],
      ["1", "2"],
    ]);
    expect(delimiterOf("one column only")).toBe(",");
  });

  it("names the line of a quote that is never closed", () => {
    expect(() => readCsv('a\nb\n"c\nd')).toThrow(
      new CsvError(`Line 3: a quote is opened and never closed. Close it, or leave it out.`, 3),
    );
  });

  it("names the line of text behind a closing quote", () => {
    expect(() => readCsv('a,b\n"c"d,e')).toThrow(/^Line 2: text follows a closing quote/);
  });

  it("reads nothing from nothing", () => {
    expect(readCsv("")).toEqual([]);
    expect(readCsv("\n \r\n,,\n")).toEqual([]);
  });

  it("reads 10,000 rows", () => {
    const text = Array.from({ length: 10_000 }, (_, row) => `user${row}@example.com,"Row ${row}"`).join(
      "\r\n",
    );
    const records = readCsv(text);
    expect(records).toHaveLength(10_000);
    expect(records.at(-1)).toEqual({ line: 10_000, cells: ["user9999@example.com", "Row 9999"] });
  });

  it("reads back what was written, whatever it is", () => {
    const cell = fc.string({ unit: "grapheme" }).filter((text) => !/^[=+\-@\t\r]/.test(text));
    const table = fc.array(
      fc.array(cell, { minLength: 2, maxLength: 2 }).filter((row) => row.some((text) => text.trim() !== "")),
    );
    fc.assert(
      fc.property(table, (rows) => {
        expect(readCsv(writeCsv(rows), ",").map((record) => record.cells)).toEqual(rows);
      }),
    );
  });
});

describe("writeCsv", () => {
  it("begins with a byte order mark, without which Excel takes é for two letters", () => {
    expect(writeCsv([["é"]])).toBe('\uFEFF"é"\r\n');
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])(
    "lets no spreadsheet take %j for a formula",
    (text) => {
      expect(writeCsv([[text]])).toBe(`\uFEFF"'${text}"\r\n`);
    },
  );
});
