/** The environment variables cannot be used as they are. */
export class EnvironmentProblem extends Error {
  override readonly name = "EnvironmentProblem";
  /** One line per variable: its name, what is wrong and what it must be. Values are not repeated. */
  readonly problems: readonly string[];

  constructor(problems: string[]) {
    super(
      `The environment needs correcting (shell, container or .env file):\n${problems.map((line) => `  ${line}`).join("\n")}`,
    );
    this.problems = problems;
  }
}
