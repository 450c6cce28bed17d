import { z } from "zod";
import { type Route, route } from "../http/router.ts";
import type { LogRecord } from "../org/log-record.ts";
import { logEventJson } from "../org/log-view.ts";
import type { Org } from "../org/org.ts";
import { ok } from "./answers.ts";

const querySchema = z.object({
  text: z.string().max(200).default(""),
  type: z.string().max(200).default(""),
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/**
 * /sandbox/log: the System Log newest first, to look at. Unlike /api/v1/logs it is in order of arrival, finds parts of
 * words, has no window of time, and is no read that anybody counts.
 */
export const logRoutes: Route[] = [
  route("GET", "/sandbox/log", ({ org, query }) => ok(listLog(org, Object.fromEntries(query)))),
];

function listLog(org: Org, query: Record<string, string>) {
  const { text, type, before, limit } = querySchema.parse(query);
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const { records } = org.log;
  const events: { seq: number; event: Record<string, unknown> }[] = [];
  let next: number | null = null;
  for (let at = records.length - 1; at >= 0; at -= 1) {
    const record = records[at];
    if (!record || (before !== undefined && record.seq >= before)) continue;
    if ((type !== "" && record.eventType !== type) || !says(record, words)) continue;
    if (events.length === limit) {
      next = events.at(-1)?.seq ?? null;
      break;
    }
    events.push({ seq: record.seq, event: logEventJson(record) });
  }
  return { events, next, lastSeq: org.log.lastSeq };
}

/** True when every word stands somewhere in what a person reads of the event, or is one of its ids. */
function says(record: LogRecord, words: string[]): boolean {
  if (words.length === 0) return true;
  const parties = [record.origin.actor, ...(record.target ?? [])];
  const said = [
    record.eventType,
    record.displayMessage,
    record.uuid,
    record.outcome.result,
    record.outcome.reason,
    ...parties.flatMap((party) => [party.displayName, party.alternateId, party.id, party.type]),
    ...Object.values(record.debugData),
  ]
    .join("\n")
    .toLowerCase();
  return words.every((word) => said.includes(word));
}
