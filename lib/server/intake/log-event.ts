import { z } from "zod";
import { isJsonObject, type Json, type JsonObject } from "#lib/flow/json.ts";
import { log } from "../log.ts";

const party = z
  .object({
    id: z.string().nullish(),
    type: z.string().nullish(),
    displayName: z.string().nullish(),
    alternateId: z.string().nullish(),
  })
  .nullish()
  .catch(undefined);

/**
 * What intake needs of an Okta LogEvent. Everything else passes unread: Okta adds properties at any time, and an event
 * refused for a property nobody reads would be a lost one. (`ipChain`, for example, stands in `client` in a hook's
 * payload and in `request` in the System Log.)
 */
const logEventSchema = z.object({
  uuid: z.string().trim().min(1).max(200),
  eventType: z.string().trim().min(1).max(200),
  published: z.iso
    .datetime({ offset: true })
    .refine((value) => value >= "1970", "expected a time since 1970"),
  actor: party,
  target: z.array(party).nullish().catch(undefined),
});

/** An event as intake stores it. */
export interface LogEvent {
  uuid: string;
  eventType: string;
  /** ISO 8601. */
  published: string;
  /** Names and logins in it, for people and for search. */
  subject: string;
  /** Id of the person it is about, else of its first target; null where it names none. Decides what came late. */
  about: string | null;
  payload: JsonObject;
}

/** Something that claims to be a LogEvent and is not. The message names the place, never the value. */
export class LogEventError extends Error {
  override name = "LogEventError";
}

/**
 * Reads one event of a delivery or of the System Log.
 *
 * @throws LogEventError when what makes an event unique or dated is missing
 */
export function readLogEvent(value: Json | undefined): LogEvent {
  const parsed = logEventSchema.safeParse(value);
  if (!parsed.success || !isJsonObject(value)) {
    const issue = parsed.error?.issues[0];
    throw new LogEventError(`${issue?.path.join(".") || "event"}: ${issue?.message ?? "not an object"}`);
  }
  const { uuid, eventType, published, actor, target } = parsed.data;
  // PostgreSQL reads fewer offsets than ISO 8601 allows; in UTC there is only one way to write a time.
  const instant = new Date(published).toISOString();
  const targets = target ?? [];
  const subject = subjectOf(targets, actor);
  return { uuid, eventType, published: instant, subject, about: aboutOf(targets), payload: value };
}

/**
 * Reads many. What can't be read is left out and noted in the log: one broken event must not keep the others, or a
 * whole System Log, from coming in.
 *
 * @returns `broken`: index and what is wrong of each event left out
 */
export function readLogEvents(values: readonly Json[]): { sound: LogEvent[]; broken: string[] } {
  const sound: LogEvent[] = [];
  const broken: string[] = [];
  values.forEach((value, index) => {
    try {
      sound.push(readLogEvent(value));
    } catch (error) {
      if (!(error instanceof LogEventError)) throw error;
      broken.push(`${index}.${error.message}`);
    }
  });
  if (broken.length > 0)
    log.warn({ broken: broken.slice(0, 10) }, "Events could not be read and were left out.");
  return { sound, broken };
}

type Party = z.infer<typeof party>;

/**
 * An event about a membership or an assignment has several targets. The person is whom two events can be at odds about:
 * a group or an application is in the events of everybody, and all of those would count as late.
 */
function aboutOf(targets: readonly Party[]): string | null {
  const target = targets.find((one) => one?.type === "User") ?? targets[0];
  return target?.id?.slice(0, 200).toWellFormed() ?? null;
}

/** No list shows more, and a bulk event may name hundreds of targets. */
const SUBJECT_LENGTH = 1000;

/** "Ann Lee (ann@acme.com), Sales, by Admin (admin@acme.com)" */
function subjectOf(targets: readonly Party[], actor: Party): string {
  const about = [...new Set(targets.map(nameOf).filter((name) => name !== ""))];
  const by = nameOf(actor);
  const text = [...about, ...(by === "" ? [] : [`by ${by}`])].join(", ");
  return text.slice(0, SUBJECT_LENGTH).toWellFormed();
}

/** Okta writes "unknown" where a thing has no alternate id, as all groups. */
function nameOf(party: Party): string {
  const name = party?.displayName ?? "";
  const login = party?.alternateId ?? "";
  if (login === "" || login === "unknown" || login === name) return name;
  return name === "" ? login : `${name} (${login})`;
}
