import { ExpressionError, type Token, tokenize } from "./tokenize.ts";

export type Operator = "eq" | "ne" | "sw" | "ew" | "co" | "gt" | "ge" | "lt" | "le" | "pr";
export type Value = string | number | boolean | null;

/** A parsed filter. */
export type Expression =
  | { kind: "and" | "or"; left: Expression; right: Expression }
  | { kind: "not"; inner: Expression }
  | { kind: "test"; path: string; operator: Operator; value: Value };

const OPERATORS: readonly Operator[] = ["eq", "ne", "sw", "ew", "co", "gt", "ge", "lt", "le", "pr"];
/** Deeper than any person writes, shallow enough for the stack. */
const MAX_DEPTH = 50;

/**
 * Parses a SCIM-style filter: `or` binds weakest, then `and`, then `not (…)`; operators are read without case.
 * Throws ExpressionError naming the position of the first mistake.
 */
export function parseExpression(text: string): Expression {
  const parser = new Parser(tokenize(text), text.length);
  const expression = parser.or(0);
  parser.end();
  return expression;
}

/** Every comparison of an expression, so that an endpoint can refuse attributes and operators it does not know. */
export function testsOf(expression: Expression): Extract<Expression, { kind: "test" }>[] {
  if (expression.kind === "test") return [expression];
  if (expression.kind === "not") return testsOf(expression.inner);
  return [...testsOf(expression.left), ...testsOf(expression.right)];
}

class Parser {
  readonly #tokens: Token[];
  readonly #length: number;
  #at = 0;

  constructor(tokens: Token[], length: number) {
    this.#tokens = tokens;
    this.#length = length;
  }

  or(depth: number): Expression {
    let left = this.#and(depth);
    while (this.#word("or")) left = { kind: "or", left, right: this.#and(depth) };
    return left;
  }

  end(): void {
    const token = this.#tokens[this.#at];
    if (token) throw new ExpressionError(`Unexpected text at position ${token.at}`);
  }

  #and(depth: number): Expression {
    let left = this.#unary(depth);
    while (this.#word("and")) left = { kind: "and", left, right: this.#unary(depth) };
    return left;
  }

  #unary(depth: number): Expression {
    if (depth > MAX_DEPTH) throw new ExpressionError(`Nested deeper than ${MAX_DEPTH} levels`);
    const token = this.#tokens[this.#at];
    if (token?.kind === "open") {
      this.#at += 1;
      const inner = this.or(depth + 1);
      if (this.#tokens[this.#at]?.kind !== "close") throw this.#expected("')'");
      this.#at += 1;
      return inner;
    }
    if (token?.kind === "word" && token.text.toLowerCase() === "not") {
      this.#at += 1;
      if (this.#tokens[this.#at]?.kind !== "open") throw this.#expected("'(' after not");
      return { kind: "not", inner: this.#unary(depth + 1) };
    }
    return this.#test();
  }

  #test(): Expression {
    const path = this.#tokens[this.#at];
    if (path?.kind !== "word") throw this.#expected("an attribute name");
    this.#at += 1;
    const name = this.#tokens[this.#at];
    const operator = OPERATORS.find((known) => name?.kind === "word" && name.text.toLowerCase() === known);
    if (!operator) throw this.#expected(`an operator (${OPERATORS.join(" ")})`);
    this.#at += 1;
    if (operator === "pr") return { kind: "test", path: path.text, operator, value: null };
    const value = this.#tokens[this.#at];
    if (value?.kind !== "value") throw this.#expected("a value (strings stand in double quotes)");
    this.#at += 1;
    return { kind: "test", path: path.text, operator, value: value.value };
  }

  #word(text: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== "word" || token.text.toLowerCase() !== text) return false;
    this.#at += 1;
    return true;
  }

  #expected(what: string): ExpressionError {
    return new ExpressionError(`Expected ${what} at position ${this.#tokens[this.#at]?.at ?? this.#length}`);
  }
}
