import { bodyObject, isObject, type Json, objectField, requiredText, textList } from "../http/fields.ts";
import { readLimit } from "../http/paging.ts";
import { invalid, notFound, problem } from "../http/problem.ts";
import { type Answer, type Call, type Route, route } from "../http/router.ts";
import type { ResourceRecord, ResourceSetRecord } from "../org/iam.ts";
import { resourceJson, resourceSetJson } from "../org/iam-view.ts";
import { ORG_ID } from "../org/org.ts";
import { bodyPage } from "./body-page.ts";
import { resourceSetOf, resourceSetParty } from "./iam-access.ts";

const RESOURCES = "/api/v1/iam/resource-sets/{resourceSetIdOrLabel}/resources";
/** Okta's limit for one set. */
const MAX_RESOURCES = 1000;

/** What a resource set holds. */
export const setResourceRoutes: Route[] = [
  route("GET", RESOURCES, listResources),
  route("POST", RESOURCES, addOne),
  route("PATCH", RESOURCES, addMany),
  route("GET", `${RESOURCES}/{resourceId}`, (call) => answer(call, resourceOf(call))),
  route("PUT", `${RESOURCES}/{resourceId}`, replaceResource),
  route("DELETE", `${RESOURCES}/{resourceId}`, removeResource),
];

/** Reads a list of resources, each named by ORN or by its address in the API. Throws 400 E0000001 for any other. */
export function newResources(call: Call, body: Json, field: string): ResourceRecord[] {
  const names = [...new Set(textList(body, field) ?? [])];
  if (names.length > MAX_RESOURCES) throw problem("E0000093");
  return names.map((name) => newResource(call, name, null));
}

function newResource({ org }: Call, name: string, conditions: Json | null): ResourceRecord {
  const path = name.startsWith(`${org.baseUrl}/`) ? name.slice(org.baseUrl.length) : null;
  const orn = path === null ? name : ornOf(path);
  if (orn === null || !/^orn:okta:[\w-]+:\w+:\S+$/.test(orn))
    throw invalid("resources", `resources: '${name}' is neither an ORN nor an address of this org's API`);
  const now = org.timestamp();
  const id = org.ids.next("ire");
  return { id, seq: org.nextSeq(), orn, path, created: now, lastUpdated: now, conditions };
}

/** `/api/v1/groups/00g1/users` is the people of a group, as an ORN has it. */
function ornOf(path: string): string | null {
  const [kind, ...rest] = path.replace(/^\/api\/v1\//, "").split("/");
  if (kind !== "users" && kind !== "groups" && kind !== "apps") return null;
  const service = kind === "apps" ? "idp" : "directory";
  const where = rest.at(-1) === "users" ? ["contained_resources"] : [];
  return ["orn", "okta", service, ORG_ID, kind, ...rest.slice(0, 1), ...where].join(":");
}

function answer(call: Call, resource: ResourceRecord): Answer {
  return { status: 200, body: resourceJson(resource, resourceSetOf(call), call.org.baseUrl) };
}

function listResources(call: Call): Answer {
  const { org } = call;
  const set = resourceSetOf(call);
  const { items, _links } = bodyPage(call, set.resources, readLimit(call, 100, 100));
  const href = `${org.baseUrl}/api/v1/iam/resource-sets/${set.id}`;
  return {
    status: 200,
    body: {
      resources: items.map((item) => resourceJson(item, set, org.baseUrl)),
      _links: { ..._links._links, "resource-set": { href } },
    },
  };
}

function addOne(call: Call): Answer {
  const set = resourceSetOf(call);
  const body = bodyObject(call.body);
  const conditions = objectField(body, "conditions") ?? null;
  const resource = newResource(call, requiredText(body, "resourceOrnOrUrl"), conditions);
  const [added] = add(call, set, [resource]);
  if (!added) throw invalid("resourceOrnOrUrl", "resourceOrnOrUrl: The resource is in the set already");
  return answer(call, added);
}

function addMany(call: Call): Answer {
  const set = resourceSetOf(call);
  const resources = newResources(call, bodyObject(call.body), "additions");
  if (resources.length === 0) throw invalid("additions", "additions: The field cannot be left blank");
  add(call, set, resources);
  return { status: 200, body: resourceSetJson(set, call.org.baseUrl) };
}

/** Adds those the set does not hold yet. */
function add(call: Call, set: ResourceSetRecord, resources: ResourceRecord[]): ResourceRecord[] {
  const known = new Set(set.resources.map(({ orn }) => orn));
  const added = resources.filter(({ orn }) => !known.has(orn));
  if (set.resources.length + added.length > MAX_RESOURCES) throw problem("E0000093");
  if (added.length > 0) {
    set.resources.push(...added);
    log(call, set, "add", added);
  }
  return added;
}

// Only its conditions can be changed.
function replaceResource(call: Call): Answer {
  const resource = resourceOf(call);
  resource.conditions = isObject(call.body) ? (objectField(call.body, "conditions") ?? null) : null;
  resource.lastUpdated = call.org.timestamp();
  log(call, resourceSetOf(call), "update", [resource]);
  return answer(call, resource);
}

function removeResource(call: Call): Answer {
  const set = resourceSetOf(call);
  const gone = resourceOf(call);
  set.resources = set.resources.filter((item) => item !== gone);
  log(call, set, "delete", [gone]);
  return { status: 204 };
}

function log(
  { org, origin }: Call,
  set: ResourceSetRecord,
  what: "add" | "delete" | "update",
  resources: readonly ResourceRecord[],
): void {
  set.lastUpdated = org.timestamp();
  org.log.write({
    eventType: `iam.resourceset.resources.${what}`,
    origin,
    target: [resourceSetParty(set)],
    debugData: { resources: resources.map(({ orn }) => orn).join(",") },
  });
}

function resourceOf(call: Call): ResourceRecord {
  const id = call.params.resourceId ?? "";
  const found = resourceSetOf(call).resources.find((item) => item.id === id);
  if (!found) throw notFound(id, "ResourceSetResource");
  return found;
}
