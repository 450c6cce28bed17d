import type { Operator } from "../expression/parse.ts";
import { linkHeaders, page, readCursor, readLimit } from "../http/paging.ts";
import type { Answer, Call } from "../http/router.ts";
import { appJson, appUserJson } from "../org/app-view.ts";
import type { AppRecord } from "../org/apps.ts";
import { type Dialect, fitting, readExpression } from "./filtering.ts";
import { groupOf } from "./groups.ts";

const EQ: Operator[] = ["eq"];

/** user.id and group.id name assignments: of a user directly or through a group, of a group itself. */
const FILTER: Dialect<AppRecord> = {
  ignoreCase: false,
  refusal: "E0000031",
  isDate: () => false,
  allows: (path) => (["status", "name", "id", "user.id", "group.id"].includes(path) ? EQ : []),
  read: (app, path) => {
    switch (path) {
      case "status":
        return [app.status];
      case "name":
        return [app.name];
      case "id":
        return [app.id];
      case "user.id":
        return [...app.users.keys()];
      default:
        return [...app.groups.keys()];
    }
  },
};

/** A filter that says itself which statuses it wants. */
const BY_STATUS = /\bstatus\s+eq\b/i;

/**
 * GET /api/v1/apps: q matches the start of name or label; expand=user/{id} adds that user's account. includeNonDeleted is
 * Okta's name for "the inactive ones too" and false unless given. A filter on the status decides for itself: `status eq
 * "INACTIVE"` is documented, and would never find anything otherwise.
 */
export function listApps(call: Call): Answer {
  const { query } = call;
  const q = query.get("q")?.toLowerCase();
  const filter = query.get("filter");
  const inactive = query.get("includeNonDeleted") === "true" || BY_STATUS.test(filter ?? "");
  const listed = (app: AppRecord) => inactive || app.status === "ACTIVE";
  const fits = filter ? fitting(readExpression(filter, FILTER), FILTER) : () => true;
  const named = (app: AppRecord) => !q || app.name.startsWith(q) || app.label.toLowerCase().startsWith(q);
  return answer(call, (app) => listed(app) && named(app) && fits(app), 200, true);
}

/** GET /api/v1/groups/{groupId}/apps */
export function listAppsOfGroup(call: Call): Answer {
  const group = groupOf(call);
  return answer(call, (app) => app.groups.has(group.id), 20, false);
}

function answer(call: Call, fits: (app: AppRecord) => boolean, standard: number, nulls: boolean): Answer {
  const { org, query } = call;
  const limit = readLimit(call, standard, 200, -1);
  const size = limit > 0 ? limit : 200; // the documented default is -1: as many as a page holds
  const { items, next } = page(org.apps.values(), (app) => app.seq, readCursor(call), size, fits);
  const userId = /^user\/(.+)$/.exec(query.get("expand") ?? "")?.[1];
  return {
    status: 200,
    body: items.map((app) => {
      const account = userId === undefined ? undefined : app.users.get(userId);
      const body = appJson(app, org.baseUrl, nulls);
      return account ? { ...body, _embedded: { user: appUserJson(account, app, org.baseUrl) } } : body;
    }),
    headers: linkHeaders(call, size, next),
  };
}
