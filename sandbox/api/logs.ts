import { evaluate, instantOf } from "../expression/evaluate.ts";
import type { Operator } from "../expression/parse.ts";
import { cursorText, linkHeaders, readCursor, readLimit } from "../http/paging.ts";
import { invalid } from "../http/problem.ts";
import { type Answer, type Call, type Route, route } from "../http/router.ts";
import type { LogRecord } from "../org/log-record.ts";
import { logEventJson } from "../org/log-view.ts";
import { type Dialect, readExpression } from "./filtering.ts";

/** /api/v1/logs. */
export const logRoutes: Route[] = [route("GET", "/api/v1/logs", listLogs)];

const WEEK = 7 * 86_400_000;
const EVERY: Operator[] = ["eq", "ne", "sw", "ew", "co", "gt", "ge", "lt", "le", "pr"];

const ROOTS = [
  "actor",
  "authenticationContext",
  "client",
  "debugContext",
  "displayMessage",
  "eventType",
  "legacyEventType",
  "outcome",
  "request",
  "securityContext",
  "severity",
  "target",
  "transaction",
  "uuid",
  "version",
];

const DIALECT: Dialect<LogRecord> = {
  ignoreCase: true,
  refusal: "E0000053",
  isDate: () => false,
  // `published` is left out on purpose: time is bounded by since and until only.
  allows: (path) => (ROOTS.includes(path.split(".", 1)[0] ?? "") ? EVERY : []),
  read: (record, path) => {
    if (path === "eventType") return [record.eventType];
    if (path === "uuid") return [record.uuid];
    return valuesAt(logEventJson(record), path.split("."));
  },
};

function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
  const [head, ...rest] = path;
  if (head === undefined) return [value];
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, head)) return [];
  return valuesAt(Reflect.get(value, head), rest);
}

type Keep = (record: LogRecord) => boolean;

// Without `until` and ascending it is a polling query: it has no end, so its page always has a next, even an empty one.
function listLogs(call: Call): Answer {
  const { query } = call;
  const order = query.get("sortOrder")?.toUpperCase() ?? "ASCENDING";
  if (order !== "ASCENDING" && order !== "DESCENDING")
    throw invalid("sortOrder", "sortOrder: must be ASCENDING or DESCENDING");
  const limit = readLimit(call, 100, 1000, 0);
  const matches = readMatches(call);
  const polling = order === "ASCENDING" && !query.get("until");
  return polling ? poll(call, limit, matches) : bounded(call, limit, matches, order === "DESCENDING");
}

// The cursor counts records in order of persistence, so a late event with an old date is still found.
function poll(call: Call, limit: number, matches: Keep): Answer {
  const { log } = call.org;
  const cursor = readCursor(call);
  const since = cursor ? null : (readInstant(call, "since") ?? call.org.now() - WEEK);
  const found: LogRecord[] = [];
  let seq = cursor?.seq ?? 0;
  for (const record of log.after(seq)) {
    if (found.length >= limit) break;
    seq = record.seq;
    if (since !== null && record.persisted <= since) continue;
    if (matches(record)) found.push(record);
  }
  return answer(call, found, limit, cursorText({ seq }));
}

function bounded(call: Call, limit: number, matches: Keep, descending: boolean): Answer {
  const cursor = readCursor(call);
  const until = readInstant(call, "until") ?? call.org.now();
  const since = readInstant(call, "since") ?? until - WEEK;
  const { records } = call.org.log;
  const found: LogRecord[] = [];
  for (const record of descending ? backwards(records) : records) {
    if (cursor && (descending ? record.seq >= cursor.seq : record.seq <= cursor.seq)) continue;
    const published = Date.parse(record.published);
    if (published <= since || published > until || !matches(record)) continue;
    if (found.length >= limit) {
      const last = found.at(-1);
      return answer(call, found, limit, last ? cursorText({ seq: last.seq }) : null);
    }
    found.push(record);
  }
  return answer(call, found, limit, null);
}

function* backwards<T>(items: readonly T[]): Generator<T> {
  for (let at = items.length - 1; at >= 0; at -= 1) {
    const item = items[at];
    if (item !== undefined) yield item;
  }
}

function answer(call: Call, records: LogRecord[], limit: number, next: string | null): Answer {
  return { status: 200, body: records.map(logEventJson), headers: linkHeaders(call, limit, next) };
}

function readMatches(call: Call): Keep {
  const text = call.query.get("filter");
  const expression = text ? readExpression(text, DIALECT) : null;
  const words = readWords(call);
  return (record) => {
    if (expression && !evaluate(expression, record, DIALECT)) return false;
    if (words.length === 0) return true;
    const all = JSON.stringify(logEventJson(record)).toLowerCase();
    return words.every((word) => all.includes(word));
  };
}

function readWords(call: Call): string[] {
  const words = (call.query.get("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length > 10) throw invalid("q", "q: at most 10 keywords");
  if (words.some((word) => word.length > 40)) throw invalid("q", "q: a keyword has at most 40 characters");
  return words;
}

function readInstant(call: Call, name: string): number | null {
  const text = call.query.get(name);
  if (!text) return null;
  const instant = instantOf(text);
  if (instant === null) throw invalid(name, `${name}: '${text}' is not an ISO 8601 date`);
  return instant;
}
