import { parseArgs } from "node:util";

export const HELP = `Sends events to a running Flowdeck as Okta would, and measures.

  node bench/running.ts                      the instance npm start runs on this folder, with its sandbox org
  node bench/running.ts --events 5000 --concurrency 16
  node bench/running.ts --url http://127.0.0.1:3000 --endpoint <id> --secret <secret> --token <api token> --flow <id>

Where to send
  --url          address of the console                                  (http://127.0.0.1:3000)
  --endpoint     last part of the connection's hook address              (of this folder's sandbox org)
  --secret       what Okta sends as Authorization with each delivery     (the same)

What to send
  --events       how many, each with a uuid of its own                   (1000)
  --concurrency  deliveries under way at once                            (8)
  --rate         deliveries per second at most; as fast as they are answered when absent
  --type         event type                                              (user.account.update_profile)
  --user         id of the user the events are about; must exist at the org for flows that read it
  --group        id of the group the events are about

What to measure besides the answers
  --token        an API token (npm run token); with --flow, waits for the executions
  --flow         id of a flow that is on and listens to the type; or --connection
  --connection   alias of a connection: makes a flow that reads the user and adds it to the group and takes it out again
                 (3 calls and a branch), turns it on, and deletes it at the end. Needs --user and --group
  --pids         process ids, separated by commas, whose memory is told at the end
  --wait         seconds to wait for the executions                      (120)

Prints the time from sending a delivery to its answer (ack) and from sending it to the end of its execution (end to
end), and executions per second from the first delivery to the last end. Clocks: executions end by the database's clock,
so bench and database should be on one machine. Use an org that can take it: the sandbox org, never a real one.`;

export interface BenchOptions {
  url: string;
  endpoint: string;
  secret: string;
  events: number;
  concurrency: number;
  /** Deliveries per second; Infinity for no limit. */
  rate: number;
  type: string;
  user: string;
  group: string;
  token?: string;
  flow?: string;
  connection?: string;
  pids: number[];
  waitMs: number;
}

/** Options as given: where to send may be left to be found out. */
export type GivenOptions = Omit<BenchOptions, "endpoint" | "secret"> & { endpoint?: string; secret?: string };

/**
 * Reads the command line; undefined when it asks for help. Without an endpoint the instance on this folder is meant.
 *
 * @throws Error naming the option that is missing or wrong
 */
export function readOptions(args: string[]): GivenOptions | undefined {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args,
    options: {
      help: { type: "boolean" },
      url: text,
      endpoint: text,
      secret: text,
      events: text,
      concurrency: text,
      rate: text,
      type: text,
      user: text,
      group: text,
      token: text,
      flow: text,
      connection: text,
      pids: text,
      wait: text,
    },
  });
  if (values.help) return undefined;
  const { endpoint, secret, token, flow, connection } = values;
  if (!endpoint !== !secret) throw new Error("--endpoint and --secret go together; --help tells more.");
  if ((flow || connection) && !token) throw new Error("--flow and --connection need --token.");
  if (connection && !(values.user && values.group)) throw new Error("--connection needs --user and --group.");
  return {
    url: (values.url ?? "http://127.0.0.1:3000").replace(/\/$/, ""),
    endpoint,
    secret,
    events: count("events", values.events, 1000),
    concurrency: count("concurrency", values.concurrency, 8),
    rate: values.rate === undefined ? Number.POSITIVE_INFINITY : count("rate", values.rate, 0),
    type: values.type ?? "user.account.update_profile",
    user: values.user ?? "00uBENCH",
    group: values.group ?? "00gBENCH",
    token,
    flow,
    connection,
    pids: (values.pids ?? "").split(",").flatMap((pid) => (pid === "" ? [] : [count("pids", pid, 0)])),
    waitMs: 1000 * count("wait", values.wait, 120),
  };
}

function count(name: string, value: string | undefined, otherwise: number): number {
  const number = Number(value ?? otherwise);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Error(`--${name} must be a whole number above 0.`);
}
