import { parseArgs } from "node:util";
import { Problem } from "../problem.ts";

export interface ChaosOptions {
  /** Workers killed in all. */
  kills: number;
  /** Workers that run at any time; a killed one is replaced. */
  workers: number;
  /** Executions each of them runs at once. */
  concurrency: number;
}

export const HELP = `npm run chaos -- [--kills 50] [--workers 3] [--concurrency 8]

Starts workers, a sandbox org and a database of their own, sends events all the time, and kills workers (kill -9) before
their calls, between a call and its checkpoint, in between, and at calls the org finishes seconds later. Then it counts what was lost and what was done twice, and
says how each write of unknown outcome was settled. Ends with code 1 when anything was lost or doubled.`;

/**
 * @returns undefined when help was asked for
 * @throws Problem for options there are not, or numbers out of range
 */
export function readOptions(args: string[]): ChaosOptions | undefined {
  const { values } = parse(args);
  if (values.help) return undefined;
  return {
    kills: wholeNumber("kills", values.kills, 1, 100_000),
    // The one that is left takes over; the database of tests has 100 connections.
    workers: wholeNumber("workers", values.workers, 2, 6),
    concurrency: wholeNumber("concurrency", values.concurrency, 1, 10),
  };
}

function parse(args: string[]) {
  try {
    const text = (fallback: string) => ({ type: "string", default: fallback }) as const;
    const options = { kills: text("50"), workers: text("3"), concurrency: text("8") };
    return parseArgs({ args, options: { ...options, help: { type: "boolean", short: "h" } } });
  } catch (error) {
    throw new Problem(error instanceof Error ? error.message : String(error), HELP);
  }
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Problem(`--${name} must be a whole number from ${least} to ${most}, not "${text}".`, HELP);
}
