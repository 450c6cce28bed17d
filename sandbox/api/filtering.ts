import { evaluate, instantOf, type Reading } from "../expression/evaluate.ts";
import { type Expression, type Operator, parseExpression, testsOf } from "../expression/parse.ts";
import { ExpressionError } from "../expression/tokenize.ts";
import { type ProblemCode, problem } from "../http/problem.ts";

/** What an endpoint lets its filter ask. */
export interface Dialect<T> extends Reading<T> {
  /** The operators an attribute may be tested with; an empty list refuses the attribute. */
  allows: (path: string) => readonly Operator[];
  /** Attributes whose value must be a date. */
  isDate: (path: string) => boolean;
  refusal: ProblemCode;
}

/** Parses and checks a filter. Throws the endpoint's own error code, with the reason as its cause. */
export function readExpression<T>(text: string, dialect: Dialect<T>): Expression {
  const expression = parse(text, dialect.refusal);
  for (const test of testsOf(expression)) {
    const allowed = dialect.allows(test.path);
    if (allowed.length === 0)
      throw refused(dialect.refusal, `Attribute '${test.path}' cannot be filtered by`);
    if (!allowed.includes(test.operator))
      throw refused(dialect.refusal, `Operator '${test.operator}' is not supported for '${test.path}'`);
    if (test.operator !== "pr" && dialect.isDate(test.path) && instantOf(test.value) === null)
      throw refused(dialect.refusal, `'${String(test.value)}' is not an ISO 8601 date`);
  }
  return expression;
}

/** Whether a filter keeps an item. */
export function fitting<T>(expression: Expression, dialect: Dialect<T>): (item: T) => boolean {
  return (item) => evaluate(expression, item, dialect);
}

function parse(text: string, code: ProblemCode): Expression {
  try {
    return parseExpression(text);
  } catch (error) {
    if (error instanceof ExpressionError) throw refused(code, error.message);
    throw error;
  }
}

function refused(code: ProblemCode, cause: string): Error {
  return problem(code, "", [cause]);
}
