import { ExpressionError } from "../expression/tokenize.ts";
import { attributeOf } from "../org/profile-schema.ts";
import { FUNCTIONS, type FunctionName, functionNamed } from "./functions.ts";
import { type RuleToken, ruleTokens } from "./tokens.ts";

export type Comparison = "==" | "!=" | "<" | ">" | "<=" | ">=";

/** A parsed group rule expression. */
export type RuleNode =
  | { kind: "value"; value: string | number | boolean | null }
  | { kind: "list"; items: RuleNode[] }
  | { kind: "attribute"; name: string }
  | { kind: "call"; name: FunctionName; args: RuleNode[] }
  | { kind: "compare"; operator: Comparison; left: RuleNode; right: RuleNode }
  | { kind: "and" | "or"; left: RuleNode; right: RuleNode }
  | { kind: "not"; inner: RuleNode };

const COMPARISONS: readonly Comparison[] = ["==", "!=", "<=", ">=", "<", ">"];
/** Deeper than any person writes, shallow enough for the stack. */
const MAX_DEPTH = 50;

/**
 * Parses the part of Okta's expression language that group rules of the sandbox org understand: comparisons of
 * `user.…` attributes, AND / OR / NOT (or && || !), parentheses, and the functions of functions.ts.
 * Throws ExpressionError for anything else, and for an expression that does not come to true or false.
 */
export function parseRule(text: string): RuleNode {
  const parser = new Parser(ruleTokens(text), text.length);
  const node = parser.or(0);
  parser.end();
  if (!isCondition(node)) throw new ExpressionError("The expression does not evaluate to true or false");
  return node;
}

function isCondition(node: RuleNode): boolean {
  if (node.kind === "value") return typeof node.value === "boolean";
  if (node.kind === "attribute") return attributeOf(node.name)?.type === "boolean";
  if (node.kind === "call") return FUNCTIONS[node.name].condition;
  return node.kind !== "list";
}

class Parser {
  readonly #tokens: RuleToken[];
  readonly #length: number;
  #at = 0;

  constructor(tokens: RuleToken[], length: number) {
    this.#tokens = tokens;
    this.#length = length;
  }

  or(depth: number): RuleNode {
    let left = this.#and(depth);
    while (this.#word("or") || this.#sign("||")) left = { kind: "or", left, right: this.#and(depth) };
    return left;
  }

  end(): void {
    const token = this.#tokens[this.#at];
    if (token) throw new ExpressionError(`Unexpected text at ${token.at}`);
  }

  #and(depth: number): RuleNode {
    let left = this.#not(depth);
    while (this.#word("and") || this.#sign("&&")) left = { kind: "and", left, right: this.#not(depth) };
    return left;
  }

  #not(depth: number): RuleNode {
    if (depth > MAX_DEPTH) throw new ExpressionError(`Nested deeper than ${MAX_DEPTH} levels`);
    if (this.#word("not") || this.#sign("!")) return { kind: "not", inner: this.#not(depth + 1) };
    const left = this.#operand(depth);
    const operator = COMPARISONS.find((sign) => this.#sign(sign));
    return operator ? { kind: "compare", operator, left, right: this.#operand(depth) } : left;
  }

  #operand(depth: number): RuleNode {
    if (this.#sign("(")) {
      const inner = this.or(depth + 1);
      this.#expect(")");
      return inner;
    }
    if (this.#sign("{")) return { kind: "list", items: this.#list("}", depth) };
    const token = this.#tokens[this.#at];
    if (token?.kind === "value") {
      this.#at += 1;
      return { kind: "value", value: token.value };
    }
    if (token?.kind !== "name") throw this.#expected("a value, an attribute or a function");
    this.#at += 1;
    return this.#sign("(") ? this.#call(token.text, depth) : this.#attribute(token.text);
  }

  #call(text: string, depth: number): RuleNode {
    const name = functionNamed(text);
    if (!name) throw new ExpressionError(`The sandbox org does not know the function ${text}`);
    const args = this.#list(")", depth);
    const { least, most } = FUNCTIONS[name];
    if (args.length < least || args.length > most)
      throw new ExpressionError(`${text} takes ${least === most ? least : `${least} to ${most}`} arguments`);
    return { kind: "call", name, args };
  }

  #attribute(text: string): RuleNode {
    const name = text.startsWith("user.") ? text.slice("user.".length) : "";
    if (!attributeOf(name)) throw new ExpressionError(`Invalid property ${text} in expression`);
    return { kind: "attribute", name };
  }

  #list(close: string, depth: number): RuleNode[] {
    if (this.#sign(close)) return [];
    const items = [this.or(depth + 1)];
    while (this.#sign(",")) items.push(this.or(depth + 1));
    this.#expect(close);
    return items;
  }

  #word(text: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== "name" || token.text.toLowerCase() !== text) return false;
    this.#at += 1;
    return true;
  }

  #sign(text: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== "sign" || token.text !== text) return false;
    this.#at += 1;
    return true;
  }

  #expect(sign: string): void {
    if (!this.#sign(sign)) throw this.#expected(`'${sign}'`);
  }

  #expected(what: string): ExpressionError {
    return new ExpressionError(`Expected ${what} at ${this.#tokens[this.#at]?.at ?? this.#length}`);
  }
}
