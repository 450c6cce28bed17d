/** A piece of a filter expression. */
export type Token =
  | { kind: "open" | "close"; at: number }
  | { kind: "word"; text: string; at: number }
  | { kind: "value"; value: string | number | boolean | null; at: number };

/** A filter expression that cannot be read. The message says where; callers turn it into E0000031 or E0000053. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
}

const WORD = /[A-Za-z_$][\w$.:-]*/y;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;

// A Map, because an object has "constructor" and "toString" too, which would then pass for values.
const LITERALS = new Map<string, boolean | null>([
  ["true", true],
  ["false", false],
  ["null", null],
]);
/** More than any person writes; the engine's patterns and the evaluation are safe for so much. */
export const MAX_LENGTH = 20_000;

/** Cuts an expression into tokens. Throws ExpressionError on anything the grammar has no place for, and when it is too long. */
export function tokenize(text: string): Token[] {
  if (text.length > MAX_LENGTH) throw new ExpressionError(`Longer than ${MAX_LENGTH} characters`);
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? null;
  };
  while (at < text.length) {
    const char = text.charAt(at);
    if (/\s/.test(char)) {
      at += 1;
      continue;
    }
    if (char === "(" || char === ")") {
      tokens.push({ kind: char === "(" ? "open" : "close", at });
      at += 1;
      continue;
    }
    const string = take(STRING);
    const number = string === null ? take(NUMBER) : null;
    const word = string === null && number === null ? take(WORD) : null;
    const piece = string ?? number ?? word;
    if (piece === null) throw new ExpressionError(`Unexpected character '${char}' at position ${at}`);
    if (string !== null) tokens.push({ kind: "value", value: unquote(string, at), at });
    else if (number !== null) tokens.push({ kind: "value", value: Number(number), at });
    else tokens.push(wordToken(piece, at));
    at += piece.length;
  }
  return tokens;
}

function wordToken(text: string, at: number): Token {
  const literal = LITERALS.get(text);
  return literal === undefined ? { kind: "word", text, at } : { kind: "value", value: literal, at };
}

function unquote(literal: string, at: number): string {
  try {
    return String(JSON.parse(literal));
  } catch {
    throw new ExpressionError(`Invalid escape in the string at position ${at}`);
  }
}
