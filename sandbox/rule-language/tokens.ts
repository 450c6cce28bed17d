import { ExpressionError, MAX_LENGTH } from "../expression/tokenize.ts";

/** A piece of a group rule's expression. */
export type RuleToken =
  | { kind: "value"; value: string | number | boolean | null; at: number }
  /** A dotted name: user.department, String.startsWith, isMemberOfGroup, AND. */
  | { kind: "name"; text: string; at: number }
  | { kind: "sign"; text: string; at: number };

const SPACE = /\s+/y;
const STRING = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/y;
const NUMBER = /-?\d+(?:\.\d+)?/y;
const NAME = /[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/y;
const SIGN = /==|!=|<=|>=|&&|\|\||[()<>,!{}]/y;

// A Map, because an object has "constructor" and "toString" too, which would then pass for values.
const LITERALS = new Map<string, boolean | null>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

/** Cuts an expression into tokens. Throws ExpressionError at the first character the language has no place for. */
export function ruleTokens(text: string): RuleToken[] {
  if (text.length > MAX_LENGTH) throw new ExpressionError(`Longer than ${MAX_LENGTH} characters`);
  const tokens: RuleToken[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? null;
  };
  while (at < text.length) {
    const space = take(SPACE);
    if (space !== null) {
      at += space.length;
      continue;
    }
    const string = take(STRING);
    const number = string === null ? take(NUMBER) : null;
    const name = string === null && number === null ? take(NAME) : null;
    const piece = string ?? number ?? name ?? take(SIGN);
    if (piece === null) throw new ExpressionError(`Unexpected character '${text.charAt(at)}' at ${at}`);
    if (string !== null) tokens.push({ kind: "value", value: unquote(string), at });
    else if (number !== null) tokens.push({ kind: "value", value: Number(number), at });
    else if (name !== null) tokens.push(nameToken(name, at));
    else tokens.push({ kind: "sign", text: piece, at });
    at += piece.length;
  }
  return tokens;
}

function nameToken(text: string, at: number): RuleToken {
  const literal = LITERALS.get(text);
  return literal === undefined ? { kind: "name", text, at } : { kind: "value", value: literal, at };
}

const unquote = (literal: string): string => literal.slice(1, -1).replaceAll(/\\(.)/g, "$1");
