import { CardError } from "../../../cards/errors.ts";
import { field } from "../../../cards/field.ts";
import { docsUrl } from "../docs-url.ts";
import { optionalExpression } from "../expression.ts";
import { recordLimitInput, resultSet, searchByOption, searchedBy } from "../result-set.ts";
import { searchAction } from "../search-action.ts";
import { foundLogFields, logFields, logSource } from "./log-fields.ts";
import { SAMPLE_LOG_EVENT } from "./log-sample.ts";

/** Most entries Okta gives at once. */
const LOG_PAGE_SIZE = 1000;
const WEEK_MS = 7 * 86_400_000;

const EXPRESSION = searchedBy("expression");

const SEVERITIES = ["DEBUG", "INFO", "WARN", "ERROR"];
const RESULTS = [
  ...["SUCCESS", "FAILURE", "SKIPPED", "ALLOW", "DENY", "CHALLENGE", "UNKNOWN", "RATE_LIMIT", "DEFERRED"],
  ...["SCHEDULED", "ABANDONED", "UNANSWERED"],
];
const asChoices = (values: string[]) => values.map((value) => ({ value, label: value }));
const criterion = (label: string, help?: string) =>
  field.text({ label, group: "Search By", help, when: EXPRESSION });

export const searchLogs = searchAction({
  id: "okta.logs.search",
  title: "Search System Logs",
  summary: "Finds entries of the System Log by what happened, by whom and to whom, or by keyword.",
  help: `- **Expression** finds entries that match everything that is filled in; what is left empty is not asked for. **Custom Filter** takes Okta's filter language on any attribute but published: \`eventType sw "user.session" and outcome.result eq "FAILURE"\`. Target ID, Display Name and Type may be those of different targets of one entry.
- **Keyword** finds entries that have all the words (at most 10, of at most 40 characters) somewhere.

Okta keeps the log for 90 days. Entries are at most seconds behind. With no match the card succeeds with empty outputs: check UUID with If/Else.`,
  docs: docsUrl("SystemLog", "listLogEvents"),
  category: "System Log",
  keywords: ["audit log", "events", "find logs", "sign-in history", "who did", "query"],
  path: "/api/v1/logs",
  scope: "okta.logs.read",
  options: {
    searchBy: searchByOption({ expression: "Expression", keyword: "Keyword" }),
    resultSet,
  },
  inputs: {
    eventType: field.text({
      label: "Event Type",
      group: "Search By",
      placeholder: "user.session.start",
      when: EXPRESSION,
    }),
    uuid: criterion("UUID"),
    displayMessage: criterion("Display Message"),
    actorId: field.text({ label: "Actor ID", group: "Search By", picker: "okta.users", when: EXPRESSION }),
    actorDisplayName: criterion("Actor Display Name"),
    actorType: criterion("Actor Type", "Such as User or SystemPrincipal."),
    targetId: criterion("Target ID", "Id of a user, group, application …"),
    targetDisplayName: criterion("Target Display Name"),
    targetType: criterion("Target Type", "Such as User, UserGroup or AppInstance."),
    severity: field.text({
      label: "Severity",
      group: "Search By",
      choices: asChoices(SEVERITIES),
      when: EXPRESSION,
    }),
    outcomeResult: field.text({
      label: "Outcome Result",
      group: "Search By",
      choices: asChoices(RESULTS),
      when: EXPRESSION,
    }),
    customFilter: field.text({
      label: "Custom Filter",
      group: "Search By",
      placeholder: 'eventType sw "user.session"',
      when: EXPRESSION,
    }),
    keyword: field.text({
      label: "Keyword",
      group: "Search By",
      required: true,
      placeholder: "ann.lee",
      when: searchedBy("keyword"),
    }),
    since: field.datetime({ label: "Since", group: "Date", emptyMeans: "Seven days before Until" }),
    until: field.datetime({ label: "Until", group: "Date", emptyMeans: "Now" }),
    sortOrder: field.text({
      label: "Sort Order",
      group: "Sort",
      choices: [
        { value: "ASCENDING", label: "Oldest first" },
        { value: "DESCENDING", label: "Newest first" },
      ],
      emptyMeans: "Oldest first",
    }),
    recordLimit: recordLimitInput,
  },
  one: foundLogFields,
  many: { key: "logs", label: "System Logs", fields: logFields },
  source: logSource,
  sample: {
    inputs: { severity: "INFO", sortOrder: "DESCENDING" },
    record: SAMPLE_LOG_EVENT,
  },
  ask: ({ inputs, now }) => {
    const { eventType, uuid, displayMessage, severity, keyword, sortOrder } = inputs;
    const parties = {
      "actor.id": inputs.actorId,
      "actor.displayName": inputs.actorDisplayName,
      "actor.type": inputs.actorType,
      "target.id": inputs.targetId,
      "target.displayName": inputs.targetDisplayName,
      "target.type": inputs.targetType,
    };
    const criteria = {
      eventType,
      uuid,
      displayMessage,
      ...parties,
      severity,
      "outcome.result": inputs.outcomeResult,
    };
    const query = {
      filter: optionalExpression(criteria, inputs.customFilter),
      q: keyword,
      ...span(inputs.since, inputs.until, now),
      sortOrder,
    };
    return { query, limit: inputs.recordLimit, pageSize: LOG_PAGE_SIZE };
  },
});

/**
 * Both ends are always sent: without `until` Okta takes the search for a reader that waits for more, and gives a next page
 * for ever (System Log query guide).
 * @throws CardError (input) where it ends before it begins.
 */
function span(since: string | undefined, until: string | undefined, now: Date) {
  const end = until === undefined ? now : new Date(until);
  const start = since === undefined ? new Date(end.getTime() - WEEK_MS) : new Date(since);
  if (start.getTime() < end.getTime()) return { since: start.toISOString(), until: end.toISOString() };
  throw new CardError(`Since (${start.toISOString()}) is not before Until (${end.toISOString()}).`, {
    kind: "input",
    code: "out-of-range",
    field: [since === undefined ? "until" : "since"],
    hint: "Left empty, Until is the time the card runs.",
  });
}
