import type { Expression, Operator } from "../expression/parse.ts";
import { linkHeaders, page, readCursor, readLimit } from "../http/paging.ts";
import { problem } from "../http/problem.ts";
import type { Answer, Call } from "../http/router.ts";
import { sortedPage } from "../http/sorted-page.ts";
import { type Org, USER_TYPE_ID } from "../org/org.ts";
import { attributeOf } from "../org/profile-schema.ts";
import { userListJson } from "../org/user-view.ts";
import type { UserRecord } from "../org/users.ts";
import { type Dialect, fitting, readExpression } from "./filtering.ts";

const DATES = ["created", "activated", "statusChanged", "lastLogin", "lastUpdated", "passwordChanged"];
const PLAIN = ["id", "status", "type.id", "realmId", ...DATES];
const ORDER: Operator[] = ["eq", "gt", "ge", "lt", "le"];

/** The values of a user's attribute as filter and search name them. */
export function readUser(user: UserRecord, path: string): readonly unknown[] {
  if (path.startsWith("profile.")) {
    const value = user.profile[path.slice("profile.".length)];
    return Array.isArray(value) ? value : [value];
  }
  switch (path) {
    case "id":
      return [user.id];
    case "status":
      return [user.status];
    case "type.id":
      return [USER_TYPE_ID];
    case "created":
      return [user.created];
    case "activated":
      return [user.activated];
    case "statusChanged":
      return [user.statusChanged];
    case "lastLogin":
      return [user.lastLogin];
    case "lastUpdated":
      return [user.lastUpdated];
    case "passwordChanged":
      return [user.passwordChanged];
    default:
      return [];
  }
}

const isDate = (path: string): boolean => DATES.includes(path);

/** `search`: every attribute, values compared without case. */
const SEARCH: Dialect<UserRecord> = {
  read: readUser,
  ignoreCase: true,
  isDate,
  refusal: "E0000031",
  allows: (path) => {
    const known = path.startsWith("profile.")
      ? attributeOf(path.slice("profile.".length)) !== undefined
      : PLAIN.includes(path);
    return known ? [...ORDER, "sw", "co", "pr"] : [];
  },
};

const FILTERED = ["status", "id", "profile.login", "profile.email", "profile.firstName", "profile.lastName"];

/** `filter`: seven properties, values compared with case. */
const FILTER: Dialect<UserRecord> = {
  read: readUser,
  ignoreCase: false,
  isDate,
  refusal: "E0000031",
  allows: (path) => {
    if (path === "lastUpdated") return ORDER;
    return FILTERED.includes(path) ? ["eq"] : [];
  },
};

/** GET /api/v1/users */
export function listUsers(call: Call): Answer {
  const { org, query } = call;
  const search = query.get("search");
  const filter = query.get("filter");
  const q = query.get("q");
  if (search && filter) throw problem("E0000033");
  if (search) return searchUsers(call, search);
  if (q) return quickFind(call, q);
  const limit = readLimit(call, 200, 200);
  const expression = filter ? readExpression(filter, FILTER) : null;
  const users = expression ? candidates(org, expression) : org.users.all();
  const fits = expression ? fitting(expression, FILTER) : isLiving;
  const { items, next } = page(users, seqOf, readCursor(call), limit, fits);
  return answer(call, items, limit, next);
}

function searchUsers(call: Call, search: string): Answer {
  const { org, query } = call;
  const limit = readLimit(call, 200, 200);
  const expression = readExpression(search, SEARCH);
  const users = candidates(org, expression);
  const fits = fitting(expression, SEARCH);
  const sortBy = query.get("sortBy");
  if (!sortBy) {
    const { items, next } = page(users, seqOf, readCursor(call), limit, fits);
    return answer(call, items, limit, next);
  }
  if (SEARCH.allows(sortBy).length === 0)
    throw problem("E0000031", "", [`Attribute '${sortBy}' cannot be sorted by`]);
  const sorting = {
    keyOf: (user: UserRecord) => String(readUser(user, sortBy)[0] ?? "").toLowerCase(),
    seqOf,
    descending: query.get("sortOrder")?.toLowerCase() === "desc",
  };
  const { items, next } = sortedPage(users, sorting, readCursor(call), limit, fits);
  return answer(call, items, limit, next);
}

// A look-up by login or id is what connectors send all day; it need not read every user.
function candidates(org: Org, expression: Expression): Iterable<UserRecord> {
  if (expression.kind !== "test" || expression.operator !== "eq") return org.users.all();
  const wanted = String(expression.value);
  if (expression.path === "profile.login") return found(org.users.byLogin(wanted));
  if (expression.path === "id") return found(org.users.byId(wanted));
  return org.users.all();
}

const found = (user: UserRecord | undefined): UserRecord[] => (user ? [user] : []);

// q looks at the start of three names, hides DEPROVISIONED, and never pages: 10 unless limit says otherwise.
function quickFind(call: Call, q: string): Answer {
  const limit = readLimit(call, 10, 200);
  const wanted = q.toLowerCase();
  const users: UserRecord[] = [];
  for (const user of call.org.users.all()) {
    if (!isLiving(user)) continue;
    const { firstName, lastName, email } = user.profile;
    const fullName = `${String(firstName)} ${String(lastName)}`;
    const texts = [firstName, lastName, email, fullName];
    if (texts.some((text) => String(text).toLowerCase().startsWith(wanted))) users.push(user);
    if (users.length === limit) break;
  }
  return answer(call, users, limit, null);
}

const isLiving = (user: UserRecord): boolean => user.status !== "DEPROVISIONED";
const seqOf = (user: UserRecord): number => user.seq;

function answer(call: Call, users: UserRecord[], limit: number, next: string | null): Answer {
  return {
    status: 200,
    body: users.map((user) => userListJson(user, call.org)),
    headers: linkHeaders(call, limit, next),
  };
}
