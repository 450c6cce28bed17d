import * as accounts from "./accounts.ts";
import * as alarms from "./alarms.ts";
import * as backlog from "./backlog.ts";
import * as budget from "./budget.ts";
import * as bulk from "./bulk.ts";
import * as catalog from "./catalog.ts";
import * as connections from "./connections.ts";
import type { Endpoint } from "./endpoint.ts";
import * as executions from "./executions.ts";
import * as flows from "./flows.ts";
import * as loaders from "./loaders.ts";
import * as oauth from "./oauth.ts";
import * as openapi from "./openapi.ts";
import * as people from "./people.ts";
import * as replay from "./replay.ts";
import * as sandbox from "./sandbox.ts";
import * as settings from "./settings.ts";
import * as signIn from "./sign-in.ts";
import * as whyNot from "./why-not.ts";

const groups: Record<string, unknown>[] = [
  flows,
  replay,
  executions,
  backlog,
  whyNot,
  bulk,
  catalog,
  connections,
  budget,
  loaders,
  oauth,
  alarms,
  sandbox,
  people,
  settings,
  accounts,
  signIn,
  openapi,
];

/**
 * Every route of the JSON API with the name it is exported under. An endpoint of these files is in it by being
 * exported; a test asks for its route.
 */
export const endpoints: { name: string; endpoint: Endpoint }[] = groups.flatMap((group) =>
  Object.entries(group).flatMap(([name, value]) => (isEndpoint(value) ? [{ name, endpoint: value }] : [])),
);

/** Schemas and helpers are exported beside endpoints; only endpoints have a method and a permission. */
function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === "object" && value !== null && "permission" in value && "method" in value;
}
