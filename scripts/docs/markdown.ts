/** Text as it may stand in a table cell or a line: one line, with the marks of Markdown and HTML made harmless. */
export function cell(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll("|", "\\|")
    .replaceAll("<", "&lt;")
    .replaceAll(/\s*\n\s*/g, " ")
    .trim();
}

/** A table; no rows, no table. Cells are Markdown already. */
export function table(head: string[], rows: string[][]): string {
  if (rows.length === 0) return "";
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** JSON as a code block. */
export function jsonBlock(value: unknown): string {
  return `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
}

/** Parts of a page with a line between them; empty parts leave no trace. */
export function page(...parts: string[]): string {
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}
