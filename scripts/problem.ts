import { EnvironmentProblem } from "#lib/server/env/environment-problem.ts";

/**
 * Something a person can put right: a busy port, a database that is down, a missing file.
 * The commands print `message` and `fix` without a stack; any other error is a fault of ours and keeps its stack.
 */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly fix: string;

  /**
   * @param message what happened, and where
   * @param fix what to do about it
   * @param options.cause the error underneath, kept for the log
   */
  constructor(message: string, fix: string, options?: ErrorOptions) {
    super(message, options);
    this.fix = fix;
  }
}

/** The text a command prints before it exits with an error. */
export function describeFailure(error: unknown): string {
  if (error instanceof EnvironmentProblem) return error.message;
  if (error instanceof Problem) return `${error.message}\n${error.fix}`;
  if (error instanceof Error) return error.stack ?? error.message;
  return String(error);
}
