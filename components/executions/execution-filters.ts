import {
  EXECUTION_MODES,
  EXECUTION_STATUSES,
  type ExecutionMode,
  type ExecutionStatus,
  SEVERITIES,
  type Severity,
} from "#lib/api/executions.ts";

/** Lengths of time the list can look back, by the name they have in the address. */
export const PRESETS = {
  "1h": { label: "Last hour", ms: 3_600_000 },
  "24h": { label: "Last 24 hours", ms: 86_400_000 },
  "7d": { label: "Last 7 days", ms: 604_800_000 },
} as const;
export type Preset = keyof typeof PRESETS;

export type TimeRange =
  | { kind: "any" }
  | { kind: "last"; preset: Preset }
  /** ISO 8601 in UTC; either end may be open. */
  | { kind: "between"; since?: string; until?: string };

/** What of all executions is listed. Stands in the page's address, so that a view can be shared and gone back to. */
export interface ExecutionFilters {
  flowId?: string;
  statuses: ExecutionStatus[];
  severities: Severity[];
  /** Only those a condition of the event card kept from running. */
  didNotRun: boolean;
  mode?: ExecutionMode;
  time: TimeRange;
  text: string;
}

export const NO_FILTERS: ExecutionFilters = {
  statuses: [],
  severities: [],
  didNotRun: false,
  time: { kind: "any" },
  text: "",
};

const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;
const MAX_TEXT = 200;

/** Filters from a page's address. What can't be read is left out: a mistyped address still shows a list. */
export function readFilters(address: URLSearchParams): ExecutionFilters {
  const flowId = address.get("flow") ?? "";
  const wanted = new Set((address.get("status") ?? "").split(","));
  const grave = new Set((address.get("severity") ?? "").split(","));
  return {
    flowId: UUID.test(flowId) ? flowId : undefined,
    statuses: EXECUTION_STATUSES.filter((status) => wanted.has(status)),
    severities: SEVERITIES.filter((severity) => grave.has(severity)),
    didNotRun: address.get("ran") === "false",
    mode: modeNamed(address.get("mode")),
    time: readTime(address),
    text: (address.get("text") ?? "").slice(0, MAX_TEXT),
  };
}

/** Undefined for everything that is no mode. */
export function modeNamed(name: string | null): ExecutionMode | undefined {
  return EXECUTION_MODES.find((mode) => mode === name);
}

function readTime(address: URLSearchParams): TimeRange {
  const preset = address.get("time") ?? "";
  if (isPreset(preset)) return { kind: "last", preset };
  const since = instantOf(address.get("since"));
  const until = instantOf(address.get("until"));
  if (since || until || preset === "custom") return { kind: "between", since, until };
  return { kind: "any" };
}

export function isPreset(name: string): name is Preset {
  return Object.hasOwn(PRESETS, name);
}

function instantOf(text: string | null): string | undefined {
  const time = text ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** The query part of the address of a filtered list; empty without filters. The opposite of `readFilters`. */
export function writeFilters(filters: ExecutionFilters): string {
  const { flowId, statuses, severities, didNotRun, mode, time, text } = filters;
  const address = new URLSearchParams();
  if (flowId) address.set("flow", flowId);
  if (statuses.length > 0) address.set("status", statuses.join(","));
  if (severities.length > 0) address.set("severity", severities.join(","));
  if (didNotRun) address.set("ran", "false");
  if (mode) address.set("mode", mode);
  if (time.kind === "last") address.set("time", time.preset);
  if (time.kind === "between") {
    if (time.since) address.set("since", time.since);
    if (time.until) address.set("until", time.until);
    if (!time.since && !time.until) address.set("time", "custom");
  }
  if (text.trim()) address.set("text", text.trim());
  // Commas may stand in a query as they are, and read better.
  return address.toString().replaceAll("%2C", ",");
}

/** The filters as the API takes them. `now` is milliseconds since 1970. */
export function filterQuery(filters: ExecutionFilters, now: number) {
  const { flowId, statuses, severities, didNotRun, mode, time, text } = filters;
  return {
    flowId,
    status: statuses.length > 0 ? statuses.join(",") : undefined,
    severity: severities.length > 0 ? severities.join(",") : undefined,
    ran: didNotRun ? ("false" as const) : undefined,
    mode,
    since:
      time.kind === "last"
        ? new Date(now - PRESETS[time.preset].ms).toISOString()
        : time.kind === "between"
          ? time.since
          : undefined,
    until: time.kind === "between" ? time.until : undefined,
    text: text.trim() || undefined,
  };
}

/** Whether anything is filtered out. */
export function isFiltered(filters: ExecutionFilters): boolean {
  return writeFilters(filters) !== "";
}
