import type { LookUpCall } from "../../../cards/card.ts";
import { defineEvent, type MatchContext } from "../../../cards/define.ts";
import { CardError } from "../../../cards/errors.ts";
import { field, type TypedFields } from "../../../cards/field.ts";
import type { FlowMemory } from "../../../cards/flow-memory.ts";
import { ALERT_INPUT } from "../../../cards/severity.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../flow/json.ts";
import { type OktaClient, okta } from "../client.ts";
import { EVENT_HOOK_DOCS } from "../docs-url.ts";
import { readOutputs } from "../read-outputs.ts";
import { isEnough, severityField, wholeNumber, windowFields } from "./alert-settings.ts";
import { allOf, conditions } from "./conditions.ts";
import { type AdministratorKind, countAdministrators } from "./count-administrators.ts";
import { HOOK_SCOPE, USER_SCOPE } from "./event-card.ts";
import { debugText, doer, type Fact, oktaUser, target } from "./event-facts.ts";
import { eventHead, eventTail } from "./event-fields.ts";
import { eventSource } from "./okta-event.ts";
import { type About, runConditions } from "./run-conditions.ts";
import { sampleLogEvent } from "./sample-event.ts";

/** After each of these the number may be another. */
const SOURCES = [
  "user.account.privilege.grant",
  "user.account.privilege.revoke",
  "group.privilege.grant",
  "group.privilege.revoke",
];
const STANDARD_THRESHOLD = 3;
const SEVERITY = "critical";
/** Events that fired lately, kept so that an execution taken over from a dead worker gets the same answer. */
const KEPT_FIRINGS = 50;
/** Each try that loses means that another event was counted meanwhile. */
const MOST_TRIES = 20;

const facts: Record<string, Fact> = {
  admin: doer("Admin", "Who changed the admin roles."),
  user: oktaUser("The user whose admin roles changed. Empty where they are a group's."),
  group: target("Group", "UserGroup", "The group whose admin roles changed. Empty where they are a user's."),
  privilegeGranted: debugText("Privilege Granted", "privilegeGranted", "The admin roles there are now."),
  privilegeRevoked: debugText(
    "Privilege Revoked",
    "privilegeRevoked",
    "The admin roles that were taken away.",
  ),
};

/** Whom the change that made them too many is about: a user or a group. */
const about: About = { user: facts.user?.from, group: facts.group?.from };

const outputs: TypedFields = {
  ...eventHead,
  ...Object.fromEntries(Object.entries(facts).map(([key, fact]) => [key, fact.field])),
  administratorCount: field.number({
    label: "Administrator Count",
    help: "How many administrators the org had when the event was read.",
  }),
  threshold: field.number({ label: "Threshold", help: "The number that was exceeded." }),
  ...eventTail,
};

const countedInput = {
  counted: field.text({
    label: "Administrators counted",
    choices: [
      { value: "super", label: "Super administrators" },
      { value: "all", label: "Users with any admin role" },
    ],
    emptyMeans: "Super administrators",
    help: "Super administrators cost one call for each administrator of the org; users with any role cost one for each hundred.",
  }),
};

const alertInput = {
  [ALERT_INPUT]: field.object({
    label: "Alert settings",
    fields: {
      severity: severityField(SEVERITY),
      moreThan: field.number({
        label: "Run when more than … administrators",
        emptyMeans: String(STANDARD_THRESHOLD),
        help: "The flow runs when the number rises above this, and not again before it has fallen back.",
      }),
      moreTimes: field.number({
        label: "… and did so more than … times",
        emptyMeans: "0",
        help: "With 1, the second time the number rises above the threshold runs the flow, and every further one. Only changes that meet the conditions count.",
      }),
      ...windowFields(about),
    },
  }),
};

/** First, whatever else is asked: a change that is not looked at would be taken for the next one's doing. */
const crossing = conditions(
  { ...countedInput, ...alertInput },
  async ({ event, inputs: given, client, memory }) => {
    const kind = given.counted === "all" ? "all" : "super";
    const threshold =
      wholeNumber(given[ALERT_INPUT]?.moreThan, "moreThan", "Run when more than", 0, 1_000_000) ??
      STANDARD_THRESHOLD;
    const { count, before } = await countOnce({ event, client, memory }, kind, threshold);
    const found = { administratorCount: count, threshold };
    if (!memory) return { found };
    if (count <= threshold) {
      return {
        found,
        reason: `there ${count === 1 ? "is" : "are"} ${administrators(count, kind)}, and the flow runs when there are more than ${threshold}.`,
      };
    }
    if (before !== undefined && before > threshold) {
      return {
        found,
        reason: `there were more than ${threshold} already: ${administrators(before, kind)} before, ${count} now.`,
      };
    }
    return { found };
  },
);

const oftenEnough = conditions(alertInput, ({ inputs: { [ALERT_INPUT]: given }, ...context }) => {
  const times = "… and did so more than";
  const moreThan = wholeNumber(given?.moreTimes, "moreTimes", times, 0, 1_000_000) ?? 0;
  return isEnough(context, { ...given, moreThan }, about);
});

/** What runs first is not what stands first: the settings are last in the form, as with every event card. */
const { matches, lookUps } = allOf(crossing, runConditions(about), oftenEnough);
const inputs = { ...countedInput, ...runConditions(about).inputs, ...alertInput };

/** See `countAdministrators`. */
const COUNT_CALLS: LookUpCall[] = [
  { call: "GET /api/v1/iam/assignees/users", when: "with every event, for each hundred administrators" },
  {
    call: "GET /api/v1/users/{userId}/roles",
    when: "with every event for each administrator, where super administrators are counted",
  },
];

interface Counted {
  count: number;
  /** The number after the event before; undefined where none was read yet, or where this event may run the flow anyway. */
  before?: number;
}

interface Mark {
  count: number;
  /** The event it was counted for: no two marks are the same, so that none passes for an older one. */
  by: string;
  fired: { event: string; count: number }[];
}

/**
 * Counts, and remembers the number in place of the one before. Where another event's number came in between, it counts
 * again: a number is only ever compared with one that was read before counting began, so that a slow answer can't undo a
 * newer one and of several events at once exactly one sees the crossing.
 */
async function countOnce(
  { event, client, memory }: Pick<MatchContext<unknown, OktaClient>, "event" | "client" | "memory">,
  kind: AdministratorKind,
  threshold: number,
): Promise<Counted> {
  const by = typeof event.uuid === "string" ? event.uuid : "";
  if (!memory) return { count: await countAdministrators(client, kind) };
  for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
    const known = await memory.mark(markKey(kind));
    const mark = readMark(known);
    const fired = mark?.fired.find(({ event: one }) => one === by);
    if (fired) return { count: fired.count };
    const count = await countAdministrators(client, kind);
    if (await remember(memory, kind, known, next(mark, count, by, threshold))) {
      return mark ? { count, before: mark.count } : { count };
    }
  }
  throw new CardError("Administrators changed so often that they could not be counted in peace.", {
    kind: "unavailable",
    code: "counting",
    sent: false,
  });
}

function remember(
  memory: FlowMemory,
  kind: AdministratorKind,
  known: Json | undefined,
  mark: Mark,
): Promise<boolean> {
  return memory.setMark(markKey(kind), known, { ...mark });
}

function next(mark: Mark | undefined, count: number, by: string, threshold: number): Mark {
  const fires = count > threshold && (mark === undefined || mark.count <= threshold);
  const fired = [...(mark?.fired ?? []), ...(fires ? [{ event: by, count }] : [])].slice(-KEPT_FIRINGS);
  return { count, by, fired };
}

const markKey = (kind: AdministratorKind) => `administrators:${kind}`;

function readMark(value: Json | undefined): Mark | undefined {
  if (!isJsonObject(value) || typeof value.count !== "number") return undefined;
  const fired = (Array.isArray(value.fired) ? value.fired : []).flatMap((one) =>
    isJsonObject(one) && typeof one.event === "string" && typeof one.count === "number"
      ? [{ event: one.event, count: one.count }]
      : [],
  );
  return { count: value.count, by: typeof value.by === "string" ? value.by : "", fired };
}

function administrators(count: number, kind: AdministratorKind): string {
  return `${count} ${kind === "super" ? "super " : ""}administrator${count === 1 ? "" : "s"}`;
}

const sampleEvent = () => sampleLogEvent("user.account.privilege.grant");
const SAMPLE_NUMBERS = { administratorCount: STANDARD_THRESHOLD + 1, threshold: STANDARD_THRESHOLD };

export const administratorCountExceedsThreshold = defineEvent<TypedFields, OktaClient, TypedFields>({
  id: "okta.users.administratorCountExceeded",
  version: 1,
  title: "Administrator Count Exceeds Threshold",
  summary: "Starts the flow when the org gets more administrators than it should have.",
  help:
    "Okta has no event for this. Whenever admin roles of a user or a group change, the administrators are counted, and the " +
    "flow runs when their number has risen above the threshold since the change before. It does not run again before the " +
    "number has fallen to the threshold. The first change after the flow was turned on runs it if there are too many already.\n\n" +
    "BetterCloud counts super administrators (its “global administrators”), with the threshold 3 and the severity Critical.",
  docs: EVENT_HOOK_DOCS,
  connector: okta,
  category: "Users",
  keywords: ["admin count", "too many admins", "super admin", "admin alert", "threshold", "bettercloud"],
  scopes: [HOOK_SCOPE, "okta.roles.read", USER_SCOPE],
  severity: SEVERITY,
  inputs,
  matches,
  lookUps: [...COUNT_CALLS, ...lookUps],
  outputs,
  listensTo: () => SOURCES,
  readEvent: ({ event, found }) => readOutputs(outputs, { ...sourceOf(event), ...(found ?? SAMPLE_NUMBERS) }),
  sampleEvent,
  sample: { inputs: {}, outputs: readOutputs(outputs, { ...sourceOf(sampleEvent()), ...SAMPLE_NUMBERS }) },
});

function sourceOf(event: JsonObject): JsonObject {
  const read = Object.entries(facts).map(([key, fact]): [string, Json] => [key, fact.from(event)]);
  return { ...eventSource(event), ...Object.fromEntries(read) };
}
