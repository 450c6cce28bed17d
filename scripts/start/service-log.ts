import { appendFileSync, mkdirSync, renameSync, statSync } from "node:fs";
import path from "node:path";

const LIMIT_BYTES = 10 * 1024 * 1024;
/** What a person at the terminal should see. */
const NOTEWORTHY = new Set(["warn", "error", "fatal"]);

/**
 * Keeps everything the services say in one file each, and shows at the terminal what a person should see:
 * warnings and errors, or with `showAll` every line.
 */
export class ServiceLog {
  readonly #folder: string;
  readonly #showAll: boolean;
  readonly #print: (line: string) => void;
  readonly #sizes = new Map<string, number>();

  constructor(folder: string, options: { showAll: boolean; print: (line: string) => void }) {
    this.#folder = folder;
    this.#showAll = options.showAll;
    this.#print = options.print;
    mkdirSync(folder, { recursive: true });
  }

  /** Takes one line of a service. */
  line(service: string, text: string, stream: "stdout" | "stderr"): void {
    this.#keep(service, text);
    const shown = this.#showAll ? (messageOf(text) ?? text) : noteworthy(text, stream);
    if (shown !== undefined && shown.trim() !== "") this.#print(`${service.padEnd(7)} | ${shown}`);
  }

  /** A file holds 10 MB at most, and the one before it is kept: an instance runs for months. */
  #keep(service: string, text: string): void {
    const file = path.join(this.#folder, `${service}.log`);
    const line = `${text}\n`;
    const size = this.#sizes.get(service) ?? statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    const full = size > LIMIT_BYTES;
    try {
      if (full) renameSync(file, `${file}.old`);
      appendFileSync(file, line, { mode: 0o600 });
    } catch {
      // A full disk must not take the product down with it.
    }
    this.#sizes.set(service, (full ? 0 : size) + Buffer.byteLength(line));
  }
}

function noteworthy(text: string, stream: "stdout" | "stderr"): string | undefined {
  const record = parseRecord(text);
  if (record === undefined) return stream === "stderr" ? text : undefined;
  return NOTEWORTHY.has(record.level) ? record.message : undefined;
}

function messageOf(text: string): string | undefined {
  return parseRecord(text)?.message;
}

/** A line of the JSON log: `{"level":"warn","msg":"…","err":{"message":"…"}}`. */
function parseRecord(text: string): { level: string; message: string } | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    const record: unknown = JSON.parse(text);
    if (typeof record !== "object" || record === null || !("level" in record)) return undefined;
    const message = "msg" in record && typeof record.msg === "string" ? record.msg : text;
    const failure = "err" in record ? errorMessage(record.err) : undefined;
    return { level: String(record.level), message: failure ? `${message}: ${failure}` : message };
  } catch {
    return undefined;
  }
}

function errorMessage(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("message" in error)) return undefined;
  return String(error.message)
    .trim()
    .replaceAll(/\s*\n\s*/g, " ");
}
