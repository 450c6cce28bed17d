import pino from "pino";
import type { Report } from "./error-answer.ts";

let logger: pino.Logger | undefined;

/** Writes an unexpected error to the log, as JSON lines on stdout. */
export const reportFailure: Report = ({ id, error, where }) => {
  // LOG_LEVEL was checked at start; a failure must be written even when the rest of the environment is wrong.
  logger ??= pino({ name: "flowdeck-web", level: process.env.LOG_LEVEL || "info" });
  logger.error({ id, where, err: error }, "request failed");
};
