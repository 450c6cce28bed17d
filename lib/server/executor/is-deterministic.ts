import { DatabaseError } from "pg";

/** Errors of code and of data come back with every try; errors of connections do not. Classes: PostgreSQL, appendix A. */
export function isDeterministic(thrown: unknown): boolean {
  if (thrown instanceof DatabaseError) return /^(21|22|23|42|54)/.test(thrown.code ?? "");
  return thrown instanceof TypeError || thrown instanceof RangeError || thrown instanceof SyntaxError;
}
