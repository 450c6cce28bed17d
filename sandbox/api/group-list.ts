import type { Operator } from "../expression/parse.ts";
import { linkHeaders, page, readCursor, readLimit } from "../http/paging.ts";
import { problem } from "../http/problem.ts";
import type { Answer, Call } from "../http/router.ts";
import { sortedPage } from "../http/sorted-page.ts";
import { groupJson } from "../org/group-view.ts";
import type { GroupRecord } from "../org/groups.ts";
import { type Dialect, fitting, readExpression } from "./filtering.ts";

const DATES = ["created", "lastUpdated", "lastMembershipUpdated"];
const ORDER: Operator[] = ["eq", "gt", "ge", "lt", "le"];

function readGroup(group: GroupRecord, path: string): readonly unknown[] {
  switch (path) {
    case "id":
      return [group.id];
    case "type":
      return [group.type];
    case "created":
      return [group.created];
    case "lastUpdated":
      return [group.lastUpdated];
    case "lastMembershipUpdated":
      return [group.lastMembershipUpdated];
    case "profile.name":
      return [group.profile.name];
    case "profile.description":
      return [group.profile.description];
    default:
      return [];
  }
}

const isDate = (path: string): boolean => DATES.includes(path);

const SEARCH: Dialect<GroupRecord> = {
  read: readGroup,
  ignoreCase: true,
  isDate,
  refusal: "E0000031",
  allows: (path) => {
    if (isDate(path)) return ORDER;
    if (path === "profile.name" || path === "profile.description") return ["eq", "sw", "co", "pr"];
    return path === "id" || path === "type" ? ["eq", "pr"] : [];
  },
};

const FILTER: Dialect<GroupRecord> = {
  read: readGroup,
  ignoreCase: false,
  isDate,
  refusal: "E0000031",
  allows: (path) => {
    if (path === "lastUpdated" || path === "lastMembershipUpdated") return ORDER;
    return path === "id" || path === "type" ? ["eq"] : [];
  },
};

/** GET /api/v1/groups: q matches the start of the name and never pages; filter and search page. */
export function listGroups(call: Call): Answer {
  const { org, query } = call;
  const search = query.get("search");
  const filter = query.get("filter");
  const q = query.get("q");
  if (search && filter) throw problem("E0000033");
  if (q) {
    const limit = readLimit(call, 300, 10_000);
    const wanted = q.toLowerCase();
    const named = (group: GroupRecord) => group.profile.name.toLowerCase().startsWith(wanted);
    const { items } = page(org.groups.all(), seqOf, null, limit, named);
    return { ...answer(call, items, limit, null), headers: {} }; // recorded without a Link header
  }
  const limit = readLimit(call, 10_000, 10_000);
  const dialect = search ? SEARCH : FILTER;
  const text = search ?? filter;
  const fits = text ? fitting(readExpression(text, dialect), dialect) : () => true;
  const sortBy = search ? query.get("sortBy") : null;
  if (!sortBy) {
    const { items, next } = page(org.groups.all(), seqOf, readCursor(call), limit, fits);
    return answer(call, items, limit, next);
  }
  if (SEARCH.allows(sortBy).length === 0)
    throw problem("E0000031", "", [`Attribute '${sortBy}' cannot be sorted by`]);
  const sorting = {
    keyOf: (group: GroupRecord) => String(readGroup(group, sortBy)[0] ?? "").toLowerCase(),
    seqOf,
    descending: query.get("sortOrder")?.toLowerCase() === "desc",
  };
  const { items, next } = sortedPage(org.groups.all(), sorting, readCursor(call), limit, fits);
  return answer(call, items, limit, next);
}

const seqOf = (group: GroupRecord): number => group.seq;

function answer(call: Call, groups: GroupRecord[], limit: number, next: string | null): Answer {
  const stats = (call.query.get("expand") ?? "").split(",").includes("stats");
  return {
    status: 200,
    body: groups.map((group) => groupJson(group, call.org, stats)),
    headers: linkHeaders(call, limit, next),
  };
}
