import type { Operator } from "../expression/parse.ts";
import { linkHeaders, page, readCursor, readLimit } from "../http/paging.ts";
import { notFound } from "../http/problem.ts";
import { type Answer, type Call, type Route, route } from "../http/router.ts";
import { type AppRecord, appJson } from "../org/apps.ts";
import { type Dialect, keep, readExpression } from "./filtering.ts";

/** /api/v1/apps: list and read. Assignments are not simulated. */
export const appRoutes: Route[] = [
  route("GET", "/api/v1/apps", listApps),
  route("GET", "/api/v1/apps/{appId}", readApp),
];

const FILTERED = ["status", "name", "id"];
const EQ: Operator[] = ["eq"];

const FILTER: Dialect<AppRecord> = {
  ignoreCase: false,
  refusal: "E0000031",
  isDate: () => false,
  allows: (path) => (FILTERED.includes(path) ? EQ : []),
  read: (app, path) => {
    if (path === "status") return [app.status];
    return [path === "name" ? app.name : app.id];
  },
};

function listApps(call: Call): Answer {
  const { org, query } = call;
  const limit = readLimit(call, 200, 200, -1);
  const size = limit > 0 ? limit : 200; // the documented default is -1: as many as a page holds
  const q = query.get("q")?.toLowerCase();
  const filter = query.get("filter");
  let apps: Iterable<AppRecord> = org.apps.values();
  if (filter) apps = keep(apps, readExpression(filter, FILTER), FILTER);
  if (q) apps = [...apps].filter((app) => app.name.startsWith(q) || app.label.toLowerCase().startsWith(q));
  const { items, next } = page(apps, (app) => app.seq, readCursor(call), size);
  return {
    status: 200,
    body: items.map((app) => appJson(app, org.baseUrl)),
    headers: linkHeaders(call, size, next),
  };
}

function readApp({ org, params }: Call): Answer {
  const id = params.appId ?? "";
  const app = org.apps.get(id);
  if (!app) throw notFound(id, "AppInstance");
  return { status: 200, body: appJson(app, org.baseUrl) };
}
