/** Deeper than any flow a person builds; a pasted `[[[[…` of 10,000 levels would overflow the stack of every later step. */
export const MAX_DEPTH = 100;
/** Values of all kinds in one document. 500 cards with 31 filled-in fields are about 80,000. */
export const MAX_VALUES = 400_000;
/** Characters of all texts and keys together. */
export const MAX_TEXT = 5_000_000;

/**
 * Why a value is too deep, too large or no plain data, in one sentence; undefined when it is fine. Does not recurse, so
 * nothing that arrives can overflow it.
 */
export function shapeProblem(input: unknown): string | undefined {
  const open: { value: unknown; depth: number }[] = [{ value: input, depth: 0 }];
  let values = 0;
  let text = 0;
  for (let entry = open.pop(); entry; entry = open.pop()) {
    const { value, depth } = entry;
    values += 1;
    if (typeof value === "string") text += value.length;
    if (depth > MAX_DEPTH) return `It is nested deeper than ${MAX_DEPTH} levels.`;
    if (values > MAX_VALUES) return `It has more than ${MAX_VALUES.toLocaleString("en-US")} values.`;
    if (text > MAX_TEXT) return `Its texts have more than ${MAX_TEXT.toLocaleString("en-US")} characters.`;
    if (typeof value === "function" || typeof value === "symbol" || typeof value === "bigint") {
      return "It holds something that is no JSON.";
    }
    if (typeof value !== "object" || value === null) continue;
    if (Array.isArray(value)) {
      for (const item of value) open.push({ value: item, depth: depth + 1 });
      continue;
    }
    for (const [key, item] of Object.entries(value)) {
      text += key.length;
      open.push({ value: item, depth: depth + 1 });
    }
  }
  return undefined;
}
