import type { Backlog, Outlook } from "#lib/api/backlog.ts";

/** Fewer are gone before anybody has read of them. */
const MANY = 50;
const LONG_MS = 10_000;

/** Whether there is a backlog people should know of: more than a handful, or one that is not worked off at once. */
export function isWorthTelling({ at, all, readySince }: Backlog): boolean {
  const long = readySince !== null && Date.parse(at) - Date.parse(readySince) > LONG_MS;
  return all.ready + all.okta > MANY || long;
}

/** Whether somebody has to do something for it to go on. */
export function isStuck({ kind }: Outlook): boolean {
  return kind === "no-worker" || kind === "standing";
}

/**
 * What waits, how much of it is of the flow that is looked at, and until when, in sentences.
 *
 * @param clock an instant (ISO 8601) as the time of day
 */
export function backlogText(backlog: Backlog, clock: (at: string) => string): string {
  return [waitText(backlog, clock), flowText(backlog), outlookText(backlog, clock)]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

function waitText({ all, oktaUntil }: Backlog, clock: (at: string) => string): string {
  const until = oktaUntil === null ? "" : ` until ${clock(oktaUntil)}`;
  const parts: [number, string][] = [
    [all.ready, "to run"],
    [all.okta, `for Okta's rate limit${until}`],
    [all.down, "for an org that is down"],
    [all.line, "for their turn in a flow's line"],
    [all.delay, "to try a card again"],
  ];
  const [first, ...more] = parts.filter(([count]) => count > 0);
  if (!first) return "";
  const [count, what] = first;
  const begin = count === 1 ? "1 execution waits" : `${number(count)} executions wait`;
  return `${[`${begin} ${what}`, ...more.map((part) => `${number(part[0])} ${part[1]}`)].join(", ")}.`;
}

function flowText({ ofFlow }: Backlog): string {
  if (!ofFlow) return "";
  const count = ofFlow.ready + ofFlow.okta + ofFlow.down + ofFlow.line + ofFlow.delay;
  if (count === 0) return "None of them is of this flow.";
  return count === 1 ? "1 of them is of this flow." : `${number(count)} of them are of this flow.`;
}

function outlookText(
  { outlook, endedPerSecond, arrivedPerSecond }: Backlog,
  clock: (at: string) => string,
): string {
  switch (outlook.kind) {
    case "clear":
    case "unknown":
      return "";
    case "no-worker":
      return "No worker is running; they go on once one is started.";
    case "standing":
      return `Nothing has ended since ${clock(outlook.since)}.`;
    case "growing":
      return `More arrive (${rateText(arrivedPerSecond)}) than end (${rateText(endedPerSecond)}).`;
    case "done":
      return outlook.by === "okta"
        ? `As Okta's rate limit allows, done in ${lengthText(outlook.inSeconds)} at the earliest.`
        : `At the present pace (${rateText(endedPerSecond)}) done in ${lengthText(outlook.inSeconds)}.`;
  }
}

/** "120 a second", "3.4 a second", "12 a minute". */
export function rateText(perSecond: number): string {
  if (perSecond >= 10) return `${number(Math.round(perSecond))} a second`;
  if (perSecond >= 1) return `${Number(perSecond.toFixed(1))} a second`;
  const perMinute = Math.round(perSecond * 60);
  return perMinute === 0 ? "less than 1 a minute" : `${perMinute} a minute`;
}

/** A length of time that is only known roughly: "a few seconds", "about 30 s", "about 7 min", "about 2 h 10 min". */
export function lengthText(seconds: number): string {
  if (seconds <= 5) return "a few seconds";
  if (seconds <= 55) return `about ${Math.ceil(seconds / 5) * 5} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `about ${minutes} min`;
  const tens = Math.ceil(minutes / 10) * 10;
  const rest = tens % 60;
  return `about ${Math.floor(tens / 60)} h${rest === 0 ? "" : ` ${rest} min`}`;
}

function number(count: number): string {
  return count.toLocaleString("en");
}
