/** Prints rows as a Markdown table, each as soon as it is known. */
export function startTable(columns: string[]): (row: (string | number)[]) => void {
  const line = (cells: (string | number)[]) => console.log(`| ${cells.join(" | ")} |`);
  line(columns);
  line(columns.map(() => "---"));
  return line;
}

/** A number as people read it: 336, 4.2. */
export function short(value: number): string {
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}
