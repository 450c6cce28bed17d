import { readEnv, type ServerEnv } from "./read-env.ts";

let current: ServerEnv | undefined;

/**
 * The environment of this server process, read once. Call it when a value is needed, not while a module loads:
 * `next build` loads every module and has no database.
 *
 * @throws EnvironmentProblem when a variable is missing or wrong
 */
export function env(): ServerEnv {
  current ??= readEnv(process.env);
  return current;
}
