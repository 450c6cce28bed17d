import { log } from "../log.ts";
import type { Report } from "./error-answer.ts";

/** Writes an unexpected error to the log. */
export const reportFailure: Report = ({ id, error, where }) => {
  log.error({ id, where, err: error }, "A request failed.");
};
