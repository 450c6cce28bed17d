/** One fault Flowdeck is to survive, and the tests that inject it. */
export interface FaultRow {
  /** Its place in the list. */
  number: number;
  /** What is done to it. */
  fault: string;
  /** What is expected of it. */
  expected: string;
  /** Test files from the project folder. */
  tests: readonly string[];
  /** What of it no test shows yet, and why; absent where all of it is shown. */
  open?: string;
}

const here = (name: string) => `lib/server/faults/${name}.integration.test.ts`;
const server = (name: string) => `lib/server/${name}.test.ts`;

/** The list. docs/operating.md prints it. */
export const FAULT_ROWS: readonly FaultRow[] = [
  {
    number: 1,
    fault: "The same delivery twice, and 20 times at once at two web processes",
    expected: "One event row, one execution per flow, every answer 2xx; duplicates are counted and shown",
    tests: [here("delivery"), server("intake/failures.integration")],
  },
  {
    number: 2,
    fault: "A delivery again under another eventId, with a partly overlapping list",
    expected: "Only events not seen before start executions",
    tests: [here("delivery"), server("intake/failures.integration")],
  },
  {
    number: 3,
    fault: "Of a batch of ten the third event's flow fails",
    expected: "Nine run; the failed one is retried alone",
    tests: [here("delivery"), server("executor/many-kills.integration")],
  },
  {
    number: 4,
    fault: "A later event arrives before an earlier one",
    expected:
      "Both are kept; the older one runs and is marked late, in order per user after the one that runs and before all others",
    tests: [here("delivery"), server("intake/failures.integration"), server("queue/lines")],
  },
  {
    number: 5,
    fault: "Wrong, missing, doubled Authorization; one character off",
    expected: "401 before the body is read; one row in the audit log, without the value",
    tests: [here("door"), server("intake/hook-endpoint"), server("intake/refusals")],
  },
  {
    number: 6,
    fault: "Verification: good, without a challenge, with one of 10 KB, of a hook there is not",
    expected: "The challenge; 400; 400; 404; never an execution",
    tests: [here("door"), server("intake/hook-endpoint")],
  },
  {
    number: 7,
    fault:
      "Malformed, truncated or 100,000 levels deep JSON, wrong content type, byte order mark, `__proto__`, half a character",
    expected: "400 or 415, the process lives, nothing is stored but the refusal",
    tests: [here("door"), server("intake/hook-endpoint")],
  },
  {
    number: 8,
    fault: "A body of 10 MB, with and without a length; a lawful one of 900 KB",
    expected: "413 with the first byte too many, memory stays flat; the lawful one is taken",
    tests: [here("door"), server("intake/hook-endpoint")],
  },
  {
    number: 9,
    fault: "The database is away while an org delivers",
    expected: "503 in time, no 2xx; the System Log brings the events in once it is back, each once",
    tests: [server("intake/failures.integration"), here("database")],
  },
  {
    number: 10,
    fault: "The console is down during 200 events",
    expected: "The System Log brings each in once, marked as recovered",
    tests: [server("intake/failures.integration"), server("connections/log-reader.integration")],
  },
  {
    number: 11,
    fault: "5,000 events, faster than they can be worked off",
    expected:
      "All durable, none lost, each run once; Okta never refuses a call; lists answer, and tell what waits and until when; other flows' events are not held up",
    tests: [
      here("delivery"),
      server("queue/fair-turns"),
      server("backlog/get-backlog"),
      server("backlog/outlook"),
      "components/executions/backlog-line.test.tsx",
    ],
  },
  {
    number: 12,
    fault: "A worker is killed before its call",
    expected: "Another one takes over and makes the call, once",
    tests: [server("executor/takeover.integration"), "scripts/chaos/run-chaos.test.ts"],
  },
  {
    number: 13,
    fault:
      "A worker is killed between its call and the record of it, or while the org is still at the call: add to group, create or delete user, a call of one's own",
    expected:
      "Repeated, same state; read back until the call can't be under way any more and adopted, one user, nobody deleted for good; the execution asks a person and goes on with what that person gives as the answer",
    tests: [
      server("executor/takeover.integration"),
      here("kills"),
      here("late"),
      server("executions/settle-doubt"),
      "scripts/chaos/run-chaos.test.ts",
    ],
  },
  {
    number: 14,
    fault: "All workers are killed with 500 executions running, each at a call",
    expected: "All end; no card that was finished runs again",
    tests: [here("kills"), server("executor/many-kills.integration"), "scripts/chaos/run-chaos.test.ts"],
  },
  {
    number: 15,
    fault: "A worker is frozen past its lease and thawed",
    expected:
      "Others get its slots of calls and end its executions; its late writes are refused, and it ends",
    tests: [here("frozen"), server("executor/takeover.integration"), server("executor/wary-store")],
  },
  {
    number: 16,
    fault: "A flow that kills or hangs its worker, or takes all its memory, each time",
    expected:
      "Quarantined at the fourth death, of which two in a process of its own, with an alarm; no neighbour is blamed, and other flows go on",
    tests: [server("queue/sweep"), server("queue/poison.integration"), server("executor/apart.integration")],
  },
  {
    number: 17,
    fault:
      "429 with a reset, with one in the past, without one, of the concurrency limit; the worker's clock ten minutes off",
    expected: "The execution waits by Okta's clock and leaves the worker; others go on",
    tests: [
      here("org-in-trouble"),
      here("clocks"),
      server("okta/okta-http-client"),
      server("budget/workers.integration"),
      "lib/engine/failures.test.ts",
    ],
  },
  {
    number: 18,
    fault:
      "Okta answers 500, 502 with a page, or 503, breaks the connection before or after the change, cuts its answer off, or takes too long; the worker's clock off",
    expected:
      "What may be repeated is tried again to a limit; what may not is settled as in 13; an org that answers nothing else is left alone and asked from time to time",
    tests: [
      here("org-in-trouble"),
      server("okta/okta-http-client"),
      server("budget/breaker.integration"),
      "lib/engine/settle.test.ts",
    ],
  },
  {
    number: 19,
    fault: "The token is revoked during a run; a scope is missing",
    expected:
      "One renewal; then the connection is broken, executions are parked under one alarm and go on once it is mended; 403 names the scope",
    tests: [
      server("connections/parked.integration"),
      server("connections/renewal.integration"),
      server("connections/service-app.integration"),
    ],
  },
  {
    number: 20,
    fault: "A connection is deleted while a run uses it",
    expected: "Refused while a flow uses it; gone all the same, the run fails at its card and can be read",
    tests: [here("changes-under-way"), server("connections/connections.integration")],
    open: "There are no tables yet whose columns could go.",
  },
  {
    number: 21,
    fault: "PostgreSQL ends at once under load and comes back; all connections are taken; its disk is full",
    expected: "Nothing lost, nothing doubled, all executions end; intake answers 503, never a false 2xx",
    tests: [here("database")],
  },
  {
    number: 22,
    fault:
      "A graph with a cycle, an edge to nowhere, a card twice, two events; a flow that starts itself, or two that call each other when a card fails",
    expected: "Not published, naming the cards; steps and calls are bounded",
    tests: [
      "lib/cards/validate.test.ts",
      "lib/engine/limits.test.ts",
      here("broken-graphs"),
      server("executor/loop-guard.integration"),
      server("executor/call-flow.integration"),
    ],
    open: "Helper flows, which a card calls in the middle of a flow, do not exist yet.",
  },
  {
    number: 23,
    fault: "Publishing during a run, two who save at once, publishing 100 times, turning off",
    expected:
      "The run keeps its version; the second gets 409 with what the first saved; one hook; nothing starts any more",
    tests: [
      here("changes-under-way"),
      server("flows/edit-flow"),
      server("flows/publish-flow"),
      server("flows/versions"),
      "e2e/conflict.spec.ts",
    ],
  },
  {
    number: 24,
    fault: "A schedule across the change of clocks, on 29 February, missed while everything is down",
    expected: "Once per intended local time, by the database's clock",
    tests: [],
    open: "There are no schedules yet.",
  },
  {
    number: 25,
    fault:
      "Hostile values in events, addresses and answers; rights that are missing; requests of other sites",
    expected: "Nothing is evaluated, no call leaves the org, secrets are masked; 403",
    tests: [
      here("hostile-values"),
      here("hostile-answers"),
      "app/api/rights.test.ts",
      "app/api/viewer.test.ts",
      server("okta/okta-http-client"),
      server("http/handler-with"),
      "lib/connectors/okta/api/guard-path.test.ts",
      "lib/connectors/okta/path.test.ts",
      "components/run-by-hand/result-csv.test.ts",
    ],
  },
];
