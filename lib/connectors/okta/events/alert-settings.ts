import type { Match, MatchContext } from "../../../cards/define.ts";
import { CardError } from "../../../cards/errors.ts";
import { type Choice, field } from "../../../cards/field.ts";
import { ALERT_INPUT, type Severity } from "../../../cards/severity.ts";
import { isJsonObject, type JsonObject } from "../../../flow/json.ts";
import type { OktaClient } from "../client.ts";
import { type Conditions, conditions, nameOf } from "./conditions.ts";
import type { About } from "./run-conditions.ts";

/** 30 days. What is counted is kept a little longer. */
const MAX_WINDOW_MINUTES = 43_200;
const MINUTE_MS = 60_000;

export const SEVERITY_CHOICES: Choice[] = [
  { value: "critical", label: "Critical" },
  { value: "major", label: "Major" },
  { value: "minor", label: "Minor" },
  { value: "none", label: "None" },
];

/** How grave an execution is. It sorts and finds executions and changes nothing else, as in BetterCloud. */
export function severityField(standard: Severity | undefined) {
  return field.text({
    label: "Severity",
    choices: SEVERITY_CHOICES,
    emptyMeans: standard ? SEVERITY_CHOICES.find(({ value }) => value === standard)?.label : "none",
    help: "Marks the executions of this flow, so that the grave ones are found among all.",
  });
}

/**
 * The alert settings of an event card: how grave it is, and after how many events the flow runs. Events are counted only
 * if they meet the card's other conditions, so these come last.
 */
export function alertSettings(about: About, severity?: Severity): Conditions {
  const inputs = {
    [ALERT_INPUT]: field.object({
      label: "Alert settings",
      fields: {
        severity: severityField(severity),
        moreThan: field.number({
          label: "Run when more than … events",
          emptyMeans: "0",
          help:
            "With 2, the third event runs the flow, and so does every further one: within the window if there is one. " +
            "Only events that meet the conditions count. A test counts nothing and runs at once.",
        }),
        ...windowFields(about),
      },
    }),
  };
  return conditions(inputs, ({ inputs: { [ALERT_INPUT]: given }, ...context }) => {
    const moreThan = wholeNumber(given?.moreThan, "moreThan", "Run when more than", 0, 1_000_000) ?? 0;
    return isEnough(context, { ...given, moreThan }, about);
  });
}

/** Over which time events are counted, and which of them together. */
export function windowFields(about: About) {
  return {
    withinMinutes: field.number({
      label: "Within (minutes)",
      emptyMeans: "all events since the flow began to count",
      help: `How far apart the events may lie, by the time they happened in Okta. At most ${MAX_WINDOW_MINUTES}.`,
    }),
    per: field.text({
      label: "Counted per",
      choices: perChoices(about),
      emptyMeans: "all together",
      help: "Each user, group or actor has a count of its own.",
    }),
  };
}

interface Counted {
  /** Above which number of events the flow runs; 0 counts nothing. */
  moreThan: number;
  withinMinutes?: number;
  per?: string;
}

/**
 * Counts an event, and whether there are enough of them. A test counts nothing.
 * @throws CardError (input) for a window that is none
 */
export async function isEnough(
  { event, memory, now }: Pick<MatchContext<unknown, OktaClient>, "event" | "memory" | "now">,
  { moreThan, withinMinutes, per }: Counted,
  about: About,
): Promise<Match> {
  const minutes = wholeNumber(withinMinutes, "withinMinutes", "Within", 1, MAX_WINDOW_MINUTES);
  if (moreThan === 0 || !memory || typeof event.uuid !== "string") return true;
  const apart = countedApart(event, per?.trim() || "all", about);
  const published = typeof event.published === "string" ? new Date(event.published) : now;
  const number = await memory.count({
    key: apart.key,
    event: event.uuid,
    published: Number.isNaN(published.getTime()) ? now : published,
    ...(minutes === undefined ? {} : { withinMs: minutes * MINUTE_MS }),
  });
  if (number > moreThan) return true;
  const within = minutes === undefined ? "" : ` within ${minutes} ${minutes === 1 ? "minute" : "minutes"}`;
  return {
    reason: `this is event ${number}${apart.of}${within}, and the flow runs when there are more than ${moreThan}.`,
  };
}

function perChoices({ user, group }: About): Choice[] {
  return [
    { value: "all", label: "All together" },
    ...(user ? [{ value: "user", label: "User" }] : []),
    ...(group ? [{ value: "group", label: "Group" }] : []),
    { value: "actor", label: "Actor" },
  ];
}

function countedApart(event: JsonObject, per: string, about: About): { key: string; of: string } {
  const entity =
    per === "user"
      ? about.user?.(event)
      : per === "group"
        ? about.group?.(event)
        : per === "actor"
          ? event.actor
          : null;
  if (per === "all") return { key: "all", of: "" };
  // Events without one count together: better than one that never counts.
  if (!isJsonObject(entity) || typeof entity.id !== "string")
    return { key: `${per}:`, of: ` without a ${per}` };
  return { key: `${per}:${entity.id}`, of: ` of ${nameOf(entity)}` };
}

/** @throws CardError (input) for anything but a whole number within the bounds */
export function wholeNumber(
  given: number | undefined,
  key: string,
  label: string,
  least: number,
  most: number,
): number | undefined {
  if (given === undefined || (Number.isInteger(given) && given >= least && given <= most)) return given;
  throw new CardError(`${label} is ${given}, but takes a whole number from ${least} to ${most}.`, {
    kind: "input",
    code: "out-of-range",
    field: [ALERT_INPUT, key],
    hint: "Mend it in the event card's alert settings and publish the flow.",
  });
}
