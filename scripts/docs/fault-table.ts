import type { FaultRow } from "#lib/server/faults/rows.ts";
import { cell, table } from "./markdown.ts";

const BEGIN = "<!-- faults -->";
const END = "<!-- /faults -->";

/**
 * A page with the list of faults in the place that is marked for it.
 *
 * @throws Error when the page has no such place
 */
export function withFaults(text: string, rows: readonly FaultRow[]): string {
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`The page has no place for the faults: ${BEGIN} and ${END}.`);
  return [text.slice(0, begin) + BEGIN, faultTable(rows), text.slice(end)].join("\n");
}

function faultTable(rows: readonly FaultRow[]): string {
  const open = rows.filter((row) => row.open !== undefined);
  return [
    "This table is written by `node scripts/docs/main.ts` from `lib/server/faults/rows.ts`, where the tests of each are.",
    "",
    table(
      ["", "Fault", "What is expected", "Tested"],
      rows.map((row) => [String(row.number), cell(row.fault), cell(row.expected), tested(row)]),
    ),
    "",
    "What is open:",
    "",
    ...open.map((row) => `- ${row.number}: ${cell(row.open ?? "")}`),
  ].join("\n");
}

function tested({ tests, open }: FaultRow): string {
  if (tests.length === 0) return "no";
  return open === undefined ? "yes" : "in part";
}
